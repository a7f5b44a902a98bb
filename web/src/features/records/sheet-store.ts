import type { RecordKind, Text } from '@khuevan/core/records/field.ts';
import { newId } from '../../new-id.ts';
import type { Saved } from '../../ui/saved.ts';
import { type DeviceStorage, keepableRow, keepRows, type KeptRow, keptRows } from './outbox.ts';
import {
  type CellChange,
  changeCell,
  markSent,
  markUnsent,
  newRow,
  receiveStale,
  rowOf,
  settleConflict,
  type SheetRow,
  stateOf,
  type StoredRecord,
} from './sheet-rows.ts';
import { receive, type RowToSave, type SheetServer } from './sheet-server.ts';
import { type CellState, doAgain, noPast, type Past, remember, stateOfCell, type Step, takeBack } from './undo.ts';

interface Options {
  kind: RecordKind;
  server: SheetServer;
  storage: DeviceStorage;
  outbox: string;
  /** Which rows are shown; another view is another store. */
  view?: string;
  delayMs?: number;
  /** How long a removal can be taken back. */
  removalMs?: number;
  onRemovalRefused?: (reason: Text) => void;
}

export interface SheetState {
  rows: SheetRow[];
  canUndo: boolean;
  canRedo: boolean;
  saved: Saved;
  /** How many rows the server has for this view; null until it has answered. */
  total: number | null;
  /** All of them are here. */
  isComplete: boolean;
  /** Why they could not be read. */
  error: unknown;
  /** The device refused to keep what was typed. */
  isKept: boolean;
}

const rowsPerSave = 200;
const longestPauseMs = 30_000;

/** The rows of one sheet and their way to the server: typed, kept on the device, sent, answered. */
export class SheetStore {
  state: SheetState = {
    rows: [],
    canUndo: false,
    canRedo: false,
    saved: { state: 'idle' },
    total: null,
    isComplete: false,
    error: null,
    isKept: true,
  };
  private readonly options: Required<Options>;
  private readonly listeners = new Set<() => void>();
  private past: Past = noPast;
  private readKept: Map<string, KeptRow> | null = null;
  private readonly removals = new Map<string, { row: SheetRow; index: number; timer: ReturnType<typeof setTimeout> }>();
  private typedId: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private failures = 0;
  private savedAt: number | null = null;
  private unanswered: { content: string; key: string } | null = null;

  constructor(options: Options) {
    this.options = { delayMs: 400, removalMs: 8000, view: '', onRemovalRefused: () => undefined, ...options };
  }

  /** Read when first asked for, not when made: until then the sheet before this one may still be typed in. */
  private get kept(): Map<string, KeptRow> {
    const { storage, outbox } = this.options;
    this.readKept ??= new Map(keptRows(storage, outbox).map((row) => [row.id, row]));
    return this.readKept;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes rows the server sent, with what this device still keeps for them on top. */
  load(records: StoredRecord[], place: 'end' | 'start' = 'end'): void {
    const known = new Set(this.state.rows.map((row) => row.id));
    const fresh = records
      .filter((record) => !known.has(record.id) && !this.removals.has(record.id))
      .map((record) => this.withKept(rowOf(record)));
    const rows = fresh.filter((row) => row !== null);
    this.publish(place === 'start' ? [...rows, ...this.state.rows] : this.insertBeforeNew(rows));
    this.schedule();
  }

  /** How far the loading has come. */
  note(progress: Partial<Pick<SheetState, 'total' | 'isComplete' | 'error'>>): void {
    this.state = { ...this.state, ...progress };
    this.publish(this.state.rows);
  }

  /** What an earlier visit left for rows that this view does not show goes out all the same. Called when all rows are here. */
  async sendOthers(): Promise<void> {
    const others = [...this.kept.values()]
      .filter((row) => row.version !== null && !row.isRemoved && Object.keys(row.edits).length > 0)
      .slice(0, rowsPerSave);
    if (others.length === 0) return;
    try {
      const results = await this.options.server.save(
        others.map((row) => ({ id: row.id, version: row.version!, values: row.edits })),
        newId(),
      );
      results.forEach((result, index) => {
        if (result.state === 'saved') this.kept.delete(others[index]!.id);
      });
    } catch {
      // Still kept; the next visit tries again.
    }
    this.publish(this.state.rows);
  }

  /** New rows that were typed in an earlier visit and never reached the server. Called when all of the server's rows are here. */
  restoreNewRows(): void {
    const lost = [...this.kept.values()].filter((row) => row.version === null && !row.isRemoved);
    for (const { id } of lost) this.kept.delete(id);
    this.publish([...this.state.rows, ...lost.map((row) => ({ ...newRow(row.id, row.edits), unread: row.unread }))]);
    this.schedule();
  }

  change(changes: CellChange[]): void {
    const cells = this.apply(changes);
    if (cells.length > 0) this.past = remember(this.past, { kind: 'cells', cells });
    this.publish(this.state.rows);
    this.schedule();
  }

  /** Appends rows. One that is being typed is sent once the person has left it, pasted ones at once. */
  add(rows: SheetRow[], isTyped = false): void {
    if (isTyped) this.typedId = rows[0]?.id ?? null;
    this.past = remember(this.past, { kind: 'added', rows });
    this.publish([...this.state.rows, ...rows]);
    this.schedule();
  }

  remove(ids: string[]): void {
    this.past = remember(this.past, { kind: 'removed', ids });
    this.takeOut(ids);
  }

  undo(): void {
    const [step, past] = takeBack(this.past);
    this.past = past;
    if (step) this.replay(step, 'before');
  }

  redo(): void {
    const [step, past] = doAgain(this.past);
    this.past = past;
    if (step) this.replay(step, 'after');
  }

  settle(id: string, mine: ReadonlySet<string>): void {
    this.update(id, (row) => settleConflict(row, mine));
    this.schedule();
  }

  /** The row being worked in: a new one is not sent before it is complete, which is when it is left. */
  enter(id: string | null): void {
    if (this.typedId === null || id === this.typedId) return;
    this.typedId = null;
    this.schedule();
  }

  retry(): void {
    this.failures = 0;
    void this.flush();
  }

  /** Sends what can be sent, the row being worked in included. */
  async leave(): Promise<void> {
    this.typedId = null;
    for (const { timer } of this.removals.values()) clearTimeout(timer);
    const waiting = [...this.removals.keys()];
    await Promise.all([this.flush(), ...waiting.map((id) => this.sendRemoval(id))]);
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const { timer } of this.removals.values()) clearTimeout(timer);
  }

  private withKept(row: SheetRow): SheetRow | null {
    const kept = this.kept.get(row.id);
    if (!kept) return row;
    this.kept.delete(row.id);
    if (kept.isRemoved) {
      this.removals.set(row.id, { row, index: 0, timer: setTimeout(() => void this.sendRemoval(row.id), 0) });
      return null;
    }
    const typed = { ...row, edits: kept.edits, unread: kept.unread };
    if (kept.version === row.version) return typed;
    // Stored by us before the answer was lost, or by somebody else: judged like any stale row.
    return receiveStale(
      { ...typed, stored: { ...row.stored, ...kept.under } },
      { id: row.id, version: row.version!, values: row.stored, findings: row.findings },
    );
  }

  private insertBeforeNew(rows: SheetRow[]): SheetRow[] {
    const firstNew = this.state.rows.findIndex((row) => row.version === null);
    return firstNew === -1
      ? [...this.state.rows, ...rows]
      : [...this.state.rows.slice(0, firstNew), ...rows, ...this.state.rows.slice(firstNew)];
  }

  private apply(changes: CellChange[]): { id: string; key: string; before: CellState; after: CellState }[] {
    const byRow = Map.groupBy(changes, (change) => change.id);
    const cells: { id: string; key: string; before: CellState; after: CellState }[] = [];
    const rows = this.state.rows.map((row) => {
      let next = row;
      for (const change of byRow.get(row.id) ?? []) {
        const changed = changeCell(this.options.kind, next, change);
        if (changed !== next)
          cells.push({
            id: row.id,
            key: change.key,
            before: stateOfCell(next, change.key),
            after: stateOfCell(changed, change.key),
          });
        next = changed;
      }
      return next;
    });
    this.state = { ...this.state, rows };
    return cells;
  }

  private replay(step: Step, side: 'before' | 'after'): void {
    if (step.kind === 'cells') this.apply(step.cells.map(({ id, key, [side]: cell }) => ({ id, key, ...cell })));
    else {
      const ids = step.kind === 'added' ? step.rows.map((row) => row.id) : step.ids;
      if ((step.kind === 'added') === (side === 'before')) this.takeOut(ids);
      else this.putBack(ids, step.kind === 'added' ? step.rows : []);
    }
    this.publish(this.state.rows);
    this.schedule();
  }

  private takeOut(ids: string[]): void {
    const gone = new Set(ids);
    this.state.rows.forEach((row, index) => {
      if (!gone.has(row.id)) return;
      const timer = setTimeout(() => void this.sendRemoval(row.id), this.options.removalMs);
      this.removals.set(row.id, { row, index, timer });
    });
    this.publish(this.state.rows.filter((row) => !gone.has(row.id)));
  }

  /** Rows whose removal has not been sent come back where they were; of the others only new ones can. */
  private putBack(ids: string[], others: SheetRow[] = []): void {
    const rows = [...this.state.rows, ...others.filter((row) => !this.removals.has(row.id))];
    const held = ids.map((id) => this.removals.get(id)).filter((each) => each !== undefined);
    for (const { row, index, timer } of held.toSorted((a, b) => a.index - b.index)) {
      clearTimeout(timer);
      this.removals.delete(row.id);
      rows.splice(Math.min(index, rows.length), 0, row);
    }
    this.state = { ...this.state, rows };
  }

  private async sendRemoval(id: string): Promise<void> {
    const removal = this.removals.get(id);
    if (!removal) return;
    const { row } = removal;
    try {
      const refusal = row.version === null ? null : await this.options.server.remove(id, row.version);
      // Still used by others, or changed meanwhile: the row comes back, and the person is told why.
      if (refusal) {
        this.putBack([id]);
        this.options.onRemovalRefused(refusal);
      } else {
        this.removals.delete(id);
        this.savedAt = Date.now();
      }
    } catch {
      removal.timer = setTimeout(() => void this.sendRemoval(id), longestPauseMs);
    }
    this.publish(this.state.rows);
  }

  private update(id: string, change: (row: SheetRow) => SheetRow): void {
    this.publish(this.state.rows.map((row) => (row.id === id ? change(row) : row)));
  }

  private schedule(delayMs = this.options.delayMs): void {
    if (!this.state.rows.some((row) => this.isDue(row))) return;
    clearTimeout(this.timer);
    const pauseMs = this.failures === 0 ? delayMs : Math.min(longestPauseMs, 2000 * 2 ** this.failures);
    this.timer = setTimeout(() => void this.flush(), pauseMs);
  }

  private isDue(row: SheetRow): boolean {
    return stateOf(row) === 'waiting' && row.id !== this.typedId;
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer);
    const due = this.state.rows.filter((row) => this.isDue(row)).slice(0, rowsPerSave);
    if (this.isSending || due.length === 0) return;
    this.isSending = true;
    const rows = due.map(({ id, version, edits }): RowToSave => ({
      id,
      ...(version !== null && { version }),
      values: edits,
    }));
    const ids = new Set(due.map((row) => row.id));
    this.publish(this.state.rows.map((row) => (ids.has(row.id) ? markSent(row) : row)));
    try {
      const results = await this.options.server.save(rows, this.keyOf(rows));
      this.unanswered = null;
      this.failures = 0;
      const answers = new Map(results.map((result, index) => [rows[index]!.id, result]));
      for (const [id, removal] of this.removals) removal.row = receive(removal.row, answers.get(id));
      this.publish(this.state.rows.map((row) => receive(row, answers.get(row.id))));
      if (results.some((result) => result.state === 'saved')) this.savedAt = Date.now();
    } catch {
      this.failures += 1;
      this.publish(this.state.rows.map((row) => (ids.has(row.id) ? markUnsent(row) : row)));
    } finally {
      this.isSending = false;
    }
    this.publish(this.state.rows);
    this.schedule(0);
  }

  /** The same rows after a lost answer go out under the same key, so that none is stored twice. */
  private keyOf(rows: RowToSave[]): string {
    const content = JSON.stringify(rows);
    if (this.unanswered?.content !== content) this.unanswered = { content, key: newId() };
    return this.unanswered.key;
  }

  private publish(rows: SheetRow[]): void {
    const isKept = this.keep(rows);
    this.state = {
      ...this.state,
      rows,
      isKept,
      canUndo: this.past.done.length > 0,
      canRedo: this.past.undone.length > 0,
      saved: this.savedState(rows),
    };
    for (const listener of this.listeners) listener();
  }

  private keep(rows: SheetRow[]): boolean {
    const here = rows.map(keepableRow).filter((row) => row !== null);
    const removed = [...this.removals.values()]
      .filter(({ row }) => row.version !== null)
      .map(({ row }): KeptRow => ({
        id: row.id,
        version: row.version,
        edits: {},
        unread: {},
        under: {},
        isRemoved: true,
      }));
    return keepRows(this.options.storage, this.options.outbox, [...this.kept.values(), ...here, ...removed]);
  }

  private savedState(rows: SheetRow[]): Saved {
    const states = rows.map(stateOf);
    if (states.includes('conflict')) return { state: 'conflict' };
    const held = states.filter(
      (state) => state === 'blocked' || (this.failures > 0 && (state === 'waiting' || state === 'sending')),
    ).length;
    if (this.isSending && this.failures === 0) return { state: 'saving' };
    if (held > 0) return { state: 'held', count: held };
    if (states.includes('waiting') || states.includes('sending')) return { state: 'saving' };
    return this.savedAt === null ? { state: 'idle' } : { state: 'saved', at: this.savedAt };
  }
}
