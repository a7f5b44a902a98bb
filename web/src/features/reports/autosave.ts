/** Where typed text stands on its way to the server. */
export type SaveState = 'idle' | 'typing' | 'short' | 'saving' | 'saved' | 'held' | 'refused';

interface Options {
  save: (text: string) => Promise<unknown>;
  /** Text that the server would not take is not sent. */
  isLongEnough: (text: string) => boolean;
  /** True for a failure that passes by itself: the text waits and is sent again. */
  mayPass: (error: unknown) => boolean;
  onState: (state: SaveState, error?: unknown) => void;
  delayMs?: number;
}

const longestPauseMs = 30_000;

/** Sends a text as it is typed: the newest one, one request at a time, again after a failure that may pass. */
export class Autosave {
  private readonly options: Required<Options>;
  private pending: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private failures = 0;
  private isStopped = false;

  constructor(options: Options) {
    this.options = { delayMs: 700, ...options };
  }

  type(text: string): void {
    this.pending = text;
    this.failures = 0;
    clearTimeout(this.timer);
    if (!this.options.isLongEnough(text)) {
      this.pending = null;
      this.options.onState(text === '' ? 'idle' : 'short');
      return;
    }
    this.options.onState('typing');
    this.timer = setTimeout(() => void this.send(), this.options.delayMs);
  }

  /** Sends at once what waits: the field was left, or the network is back. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.send();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private async send(): Promise<void> {
    const text = this.pending;
    if (text === null || this.isSending) return;
    this.isSending = true;
    this.options.onState('saving');
    try {
      await this.options.save(text);
      this.failures = 0;
      if (this.pending === text) this.pending = null;
      this.options.onState(this.pending === null ? 'saved' : 'typing');
    } catch (error) {
      this.fail(text, error);
    } finally {
      this.isSending = false;
    }
    if (this.pending !== null && this.failures === 0) await this.send();
  }

  private fail(text: string, error: unknown): void {
    const { mayPass, onState } = this.options;
    if (!mayPass(error)) {
      if (this.pending === text) this.pending = null;
      onState('refused', error);
      return;
    }
    this.failures += 1;
    onState('held', error);
    if (!this.isStopped)
      this.timer = setTimeout(() => void this.send(), Math.min(longestPauseMs, 1000 * 2 ** this.failures));
  }
}
