import { readPrintCode } from '@khuevan/core/reports/print-code.ts';

/** The code in what a QR code holds: the address of the check page, of this or another host, or the bare code. */
export function codeInQr(content: string): string | undefined {
  const inAddress = /\/kiem-tra\/([^/?#]+)/.exec(content)?.[1];
  try {
    return readPrintCode(inAddress === undefined ? content : decodeURIComponent(inAddress));
  } catch {
    return undefined;
  }
}
