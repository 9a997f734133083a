/**
 * Which credentials and actions were used last and most, in this window: kept in memory alone, since
 * names in the web view's storage would lie on the disk in clear.
 */

interface Use {
  times: number;
  turn: number;
}

const uses = new Map<string, Use>();
let turn = 0;

export function noteUse(id: string): void {
  turn += 1;
  uses.set(id, { times: (uses.get(id)?.times ?? 0) + 1, turn });
}

/** Points from 0 to 20: for having been used often, and for having been used lately. */
export function familiarity(id: string): number {
  const use = uses.get(id);
  if (use === undefined) return 0;
  return Math.min(use.times, 5) * 2 + Math.max(0, 10 - (turn - use.turn));
}

export function forgetUses(): void {
  uses.clear();
  turn = 0;
}
