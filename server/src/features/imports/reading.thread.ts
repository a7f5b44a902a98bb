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

export type ToThread =
  | { type: 'start'; size: number; plan: ReadingPlan }
  | { type: 'bytes'; no: number; bytes: Uint8Array }
  | { type: 'more' }
  /** The buffer of a batch, to be used again. */
  | { type: 'back'; buffer: ArrayBuffer };

/** A thread that waits for a file: to start one takes a fifth of a second, which passes while the file arrives. */
let spare: Worker | undefined;
const spareMs = 60_000;

function startThread(): Worker {
  return new Worker(new URL('./file-reader.worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 36 },
  });
}

/** To be called when a file of so many bytes begins to arrive. Changes nothing but the time that reading it will take. */
export function prepareReading(size: number): void {
  if (spare || !(size > smallFile)) return;
  const worker = startThread();
  // Forgotten before it ends: nobody must take a thread that is ending.
  const forget = () => {
    if (spare !== worker) return;
    spare = undefined;
    void worker.terminate();
  };
  worker.unref();
  worker.once('exit', forget).once('error', forget);
  setTimeout(forget, spareMs).unref();
  spare = worker;
}

function takeThread(): Worker {
  const worker = spare ?? startThread();
  spare = undefined;
  worker.ref();
  return worker;
}

export function readAside(source: ByteSource, plan: ReadingPlan): AsyncGenerator<FileHead | RowBatch> {
  return source.size <= smallFile ? readFile(source, plan) : readInThread(source, plan);
}

async function* readInThread(source: ByteSource, plan: ReadingPlan): AsyncGenerator<FileHead | RowBatch> {
  const worker = takeThread();
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
  say({ type: 'start', size: source.size, plan });
  try {
    for (;;) {
      const next = arrived.shift();
      if (next?.type === 'item') {
        const { item } = next;
        say({ type: 'more' });
        if (item.type === 'batch') {
          const { buffer } = item.rows;
          item.giveBack = () => say({ type: 'back', buffer }, [buffer]);
        }
        yield item;
      } else if (next?.type === 'refused') throw new ProblemError('file_refused', next.params);
      else if (next?.type === 'end') return;
      else if (failure) throw failure;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    await worker.terminate();
  }
}
