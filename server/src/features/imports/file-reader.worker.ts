// The thread in which a large file is read: asks for bytes, answers with batches.
import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { ByteSource } from '#platform/byte-source.ts';
import { readFile } from './file-reader.ts';
import type { FromThread, ThreadStart, ToThread } from './reading.thread.ts';

const port = parentPort!;
const { size, plan } = workerData as ThreadStart;
/** Batches on the way to the other side. */
const mostAhead = 3;

const waiting = new Map<number, (bytes: Buffer) => void>();
let asked = 0;
let ahead = 0;
let goOn = () => undefined as void;

const isFarAhead = () => ahead >= mostAhead;
const say = (message: FromThread, given: ArrayBuffer[] = []) => port.postMessage(message, given);

port.on('message', (message: ToThread) => {
  if (message.type === 'bytes') {
    waiting.get(message.no)?.(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
    waiting.delete(message.no);
  } else if (message.type === 'more') {
    ahead -= 1;
    goOn();
  }
});

const source: ByteSource = {
  size,
  read(position, length) {
    asked += 1;
    const no = asked;
    return new Promise((resolve) => {
      waiting.set(no, resolve);
      say({ type: 'read', no, position, length });
    });
  },
};

try {
  for await (const item of readFile(source, plan)) {
    ahead += 1;
    say({ type: 'item', item }, item.type === 'batch' ? [item.lines.buffer as ArrayBuffer] : []);
    while (isFarAhead()) await new Promise<void>((resolve) => (goOn = resolve));
  }
  say({ type: 'end' });
} catch (error) {
  if (!(error instanceof ProblemError) || error.code !== 'file_refused') throw error;
  say({ type: 'refused', params: error.params as { reasonVi: string; reasonEn: string } });
}
port.close();
