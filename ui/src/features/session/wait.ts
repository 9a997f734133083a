/** How many seconds the agent asks to wait, from its advice; one where it does not say. */
export function waitOf(hint: string | null): number {
  const seconds = /(\d+) s\b/.exec(hint ?? "")?.[1];
  return seconds === undefined ? 1 : Number(seconds);
}
