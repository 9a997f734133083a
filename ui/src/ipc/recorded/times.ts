/** Lengths of time in milliseconds, and moments and days as the agent writes them. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const iso = (at: number): string => new Date(at).toISOString();
export const day = (at: number): string => iso(at).slice(0, 10);
