import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPrintCode } from '@khuevan/core/reports/print-code.ts';
import { codeInQr } from './scan-code.ts';

const code = formatPrintCode(new Uint8Array([7, 120, 33, 4, 250]));

test('the code is found in the address of the QR code of any host, and alone', () => {
  assert.equal(codeInQr(`https://csdl.example.vn/kiem-tra/${code}`), code);
  assert.equal(codeInQr(`https://csdl.example.vn/kiem-tra/${code.toLowerCase()}?x=1`), code);
  assert.equal(codeInQr(` ${code.replaceAll('-', '')} `), code);
});

test('other QR codes hold none', () => {
  assert.equal(codeInQr('https://example.vn/tuyen-sinh'), undefined);
  assert.equal(codeInQr('https://example.vn/kiem-tra/%E0%A4%A'), undefined);
  assert.equal(codeInQr(code.replace(/.$/, (last) => (last === '0' ? '1' : '0'))), undefined);
});
