/** A whole number in parts that follow the weights as nearly as whole numbers can (largest remainder), and add up exactly. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => [value - Math.floor(value), index] as const)
    .toSorted(([a, i], [b, j]) => b - a || i - j);
  const left = total - parts.reduce((all, part) => all + part, 0);
  for (const [, index] of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
