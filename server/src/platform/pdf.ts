// PDF by Typst, in a thread of its own: a long print never holds up other requests.
import { Worker } from 'node:worker_threads';

interface Waiting {
  resolve: (pdf: Buffer) => void;
  reject: (error: Error) => void;
}

let worker: Worker | undefined;
let lastNo = 0;
const waiting = new Map<number, Waiting>();

function startWorker(): Worker {
  const started = new Worker(new URL('./pdf-worker.ts', import.meta.url));
  started.unref();
  started.on('message', ({ no, pdf, error }: { no: number; pdf?: Uint8Array; error?: string }) => {
    const asked = waiting.get(no);
    waiting.delete(no);
    if (pdf) asked?.resolve(Buffer.from(pdf));
    else asked?.reject(new Error(error));
    if (waiting.size === 0) started.unref();
  });
  const fail = (error: Error) => {
    worker = undefined;
    for (const asked of waiting.values()) asked.reject(error);
    waiting.clear();
  };
  started.on('error', fail);
  started.on('exit', () => fail(new Error('the print thread ended')));
  return started;
}

/** Renders a Typst file with data that it reads as JSON from `sys.inputs.data`. */
export function renderPdf(template: string, data: unknown): Promise<Buffer> {
  worker ??= startWorker();
  worker.ref();
  const no = (lastNo += 1);
  return new Promise((resolve, reject) => {
    waiting.set(no, { resolve, reject });
    worker!.postMessage({ no, template, data: JSON.stringify(data) });
  });
}
