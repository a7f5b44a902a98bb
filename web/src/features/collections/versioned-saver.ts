import { ProblemError, UnreachableError } from '../../api.ts';
import { showSaved } from '../../ui/saved.ts';
import { isPassing } from '../records/index.ts';
import { Autosave, type SaveState } from '../reports/index.ts';

interface Options {
  version: number;
  /** Stores a text over a version; answers the version it has then. */
  send: (version: number, text: string) => Promise<number>;
  onState: (state: SaveState, error?: unknown) => void;
  /** All that was typed is stored. */
  onStored?: () => void;
  delayMs?: number;
}

/** What the frame says about the saving. */
export function tellShell(state: SaveState): void {
  if (state === 'saving') showSaved({ state: 'saving' });
  if (state === 'held') showSaved({ state: 'held', count: 1 });
  if (state === 'saved') showSaved({ state: 'saved', at: Date.now() });
}

const mayPass = (error: unknown) =>
  error instanceof UnreachableError || (error instanceof ProblemError && isPassing(error));
const stepMs = 100;
const mostSteps = 50;

/** Saves as it is typed, each time over the version that the last saving left. */
export class VersionedSaver {
  private readonly saver: Autosave;
  private version: number;
  private typed: string | null = null;
  private stored: string | null = null;
  private isRefused = false;

  constructor({ version, send, onState, onStored, delayMs }: Options) {
    this.version = version;
    this.saver = new Autosave({
      ...(delayMs !== undefined && { delayMs }),
      isLongEnough: () => true,
      mayPass,
      save: async (text) => {
        this.version = await send(this.version, text);
        this.stored = text;
        if (this.typed === text) onStored?.();
      },
      onState: (state, error) => {
        this.isRefused = state === 'refused';
        onState(state, error);
      },
    });
  }

  type(text: string): void {
    this.typed = text;
    this.saver.type(text);
  }

  get over(): number {
    return this.version;
  }

  /** What stands there now came from the server. */
  restart(version: number): void {
    this.version = version;
    this.typed = null;
    this.stored = null;
  }

  /** The version in which all that was typed is stored, or null where it could not be. */
  async flush(): Promise<number | null> {
    await this.saver.flush();
    // A request may have been on its way: what was typed since follows it.
    for (let step = 0; step < mostSteps && this.typed !== this.stored && !this.isRefused; step += 1)
      await new Promise((resolve) => setTimeout(resolve, stepMs));
    return this.typed === this.stored ? this.version : null;
  }

  stop(): void {
    this.saver.stop();
  }

  /** The screen is left: what waits is still sent. */
  leave(): void {
    void this.saver.flush().finally(() => this.saver.stop());
  }

  retry(): void {
    void this.saver.flush();
  }
}
