// Steps of the story: each is timed, counted and printed; the first one that fails ends the story.
export interface StepRecord {
  step: string;
  seconds: number;
  [count: string]: unknown;
}

export interface Story {
  steps: StepRecord[];
  step<T>(name: string, work: () => Promise<T>, counts?: (result: T) => Record<string, unknown>): Promise<T>;
}

/** What the story claims. @throws Error with the claim */
export function must(holds: boolean, claim: string): void {
  if (!holds) throw new Error(claim);
}

export function beginStory(print: (line: string) => void): Story {
  const steps: StepRecord[] = [];
  return {
    steps,
    async step(name, work, counts = () => ({})) {
      const began = performance.now();
      const result = await work();
      const record = { step: name, seconds: Math.round(performance.now() - began) / 1000, ...counts(result) };
      steps.push(record);
      const { step: _step, seconds, ...rest } = record;
      print(
        `✓ ${name.padEnd(58)} ${seconds.toFixed(2).padStart(6)} s  ${Object.keys(rest).length > 0 ? JSON.stringify(rest) : ''}`,
      );
      return result;
    },
  };
}

/** Several at a time, in order of the list; the first failure ends it. */
export async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}
