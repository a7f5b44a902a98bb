import type { ProblemError } from '../../api.ts';

/** Problems that pass by themselves: what was typed waits. Any other one is said at the row. */
const passing: ReadonlySet<string> = new Set(['not_signed_in', 'csrf', 'busy', 'too_many_requests', 'internal']);

export function isPassing(problem: ProblemError): boolean {
  return passing.has(problem.code);
}
