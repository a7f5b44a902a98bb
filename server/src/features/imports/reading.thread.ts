// Large files are read in a thread of their own, so that the server goes on answering. This side hands it the bytes it asks
// for and takes the batches, a few ahead at most.
import { Worker } from 'node:worker_threads';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { ByteSource } from '#platform/byte-source.ts';
import { refusal } from '#platform/excel-refusals.ts';
import { readFile } from './file-reader.ts';
import type { FileHead, ReadingPlan, RowBatch } from './reading-plan.ts';

/** Below this a thread costs more than it gives. */
const smallFile = 200 * 1024;
/** A workbook that needs more is not one of ours. */
const memoryMb = 192;

export type FromThread =
  | { type: 'read'; no: number; position: number; length: number }
  | { type: 'item'; item: FileHead | RowBatch }
  | { type: 'end' }
  | { type: 'refused'; params: { reasonVi: string; reasonEn: string } };

export type ToThread = { type: 'bytes'; no: number; bytes: Uint8Array } | { type: 'more' };

export interface ThreadStart {
  size: number;
  plan: ReadingPlan;
}

export function readAside(source: ByteSource, plan: ReadingPlan): AsyncGenerator<FileHead | RowBatch> {
  return source.size <= smallFile ? readFile(source, plan) : readInThread(source, plan);
}

async function* readInThread(source: ByteSource, plan: ReadingPlan): AsyncGenerator<FileHead | RowBatch> {
  const start: ThreadStart = { size: source.size, plan };
  const worker = new Worker(new URL('./file-reader.worker.ts', import.meta.url), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 48 },
  });
  const arrived: (FromThread & { type: 'item' | 'end' | 'refused' })[] = [];
  let failure: Error | undefined;
  let wake = () => undefined as void;
  const fail = (error: Error) => {
    failure ??= 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refusal('unsafe') : error;
    wake();
  };
  const say = (message: ToThread, given: ArrayBuffer[] = []) => worker.postMessage(message, given);
  // A part of a buffer would travel with all of the buffer; a copy of its own travels without being copied again.
  const hand = (no: number, part: Buffer) => {
    const bytes = new Uint8Array(part);
    say({ type: 'bytes', no, bytes }, [bytes.buffer]);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the reading thread ended early')));
  worker.on('message', (message: FromThread) => {
    if (message.type !== 'read') {
      arrived.push(message);
      wake();
      return;
    }
    source.read(message.position, message.length).then(
      (bytes) => hand(message.no, bytes),
      (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
    );
  });
  try {
    for (;;) {
      const next = arrived.shift();
      if (next?.type === 'item') {
        say({ type: 'more' });
        yield next.item;
      } else if (next?.type === 'refused') throw new ProblemError('file_refused', next.params);
      else if (next?.type === 'end') return;
      else if (failure) throw failure;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await worker.terminate();
  }
}
