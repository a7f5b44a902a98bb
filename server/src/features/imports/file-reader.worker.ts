// The thread in which a large file is read: asks for bytes, answers with batches.
import { parentPort } from 'node:worker_threads';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { ByteSource } from '#platform/byte-source.ts';
import { readFile } from './file-reader.ts';
import type { ReadingPlan } from './reading-plan.ts';
import type { FromThread, ToThread } from './reading.thread.ts';

const port = parentPort!;
/** Batches on the way to the other side. */
const mostAhead = 3;

/** Large ones are used again: to collect them costs more than to fill them. */
const buffers: ArrayBuffer[] = [];
const waiting = new Map<number, (bytes: Buffer) => void>();
let asked = 0;
let ahead = 0;
let goOn = () => undefined as void;

const isFarAhead = () => ahead >= mostAhead;
const say = (message: FromThread, given: ArrayBuffer[] = []) => port.postMessage(message, given);

port.on('message', (message: ToThread) => {
  if (message.type === 'start') void read(message.size, message.plan);
  else if (message.type === 'bytes') {
    waiting.get(message.no)?.(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
    waiting.delete(message.no);
  } else if (message.type === 'more') {
    ahead -= 1;
    goOn();
  } else buffers.push(message.buffer);
});

/** The other side's bytes. */
const sourceBeyond = (size: number): ByteSource => ({
  size,
  read(position, length) {
    asked += 1;
    const no = asked;
    return new Promise((resolve) => {
      waiting.set(no, resolve);
      say({ type: 'read', no, position, length });
    });
  },
});

/** What is no refusal ends the thread, and the other side hears of it. */
async function read(size: number, plan: ReadingPlan): Promise<void> {
  try {
    for await (const item of readFile(sourceBeyond(size), plan, () => buffers.pop())) {
      ahead += 1;
      say({ type: 'item', item }, item.type === 'batch' ? [item.rows.buffer] : []);
      while (isFarAhead()) await new Promise<void>((resolve) => (goOn = resolve));
    }
    say({ type: 'end' });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'file_refused') throw error;
    say({ type: 'refused', params: error.params as { reasonVi: string; reasonEn: string } });
  }
  port.close();
}
