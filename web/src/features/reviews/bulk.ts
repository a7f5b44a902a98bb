/** What became of one report of a bulk approval. */
export type BulkResult =
  | { kind: 'approved' }
  | { kind: 'warnings'; count: number }
  | { kind: 'remarks' }
  | { kind: 'stopped' }
  | { kind: 'failed'; error: unknown };

export interface BulkServer<Item> {
  /** What the reviewer would have to read before deciding. */
  look: (item: Item) => Promise<{ warnings: number; openRemarks: number }>;
  approve: (item: Item) => Promise<unknown>;
}

/**
 * One report after the other: looked at, then approved where there is nothing to read. One that fails does not stop the others;
 * after a stop the rest is left alone. `onResult` is told of each as it is done.
 */
export async function approveEach<Item>(
  items: readonly Item[],
  server: BulkServer<Item>,
  signal: AbortSignal,
  onResult: (item: Item, result: BulkResult) => void,
): Promise<void> {
  for (const item of items) {
    if (signal.aborted) {
      onResult(item, { kind: 'stopped' });
      continue;
    }
    onResult(item, await approveOne(item, server));
  }
}

async function approveOne<Item>(item: Item, server: BulkServer<Item>): Promise<BulkResult> {
  try {
    const { warnings, openRemarks } = await server.look(item);
    if (warnings > 0) return { kind: 'warnings', count: warnings };
    if (openRemarks > 0) return { kind: 'remarks' };
    await server.approve(item);
    return { kind: 'approved' };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
