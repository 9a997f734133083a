/** What may be set, as the agent checks it again. Pure. */

/** A whole number of seconds within the limits, or null where it is none. */
export function secondsOf(text: string, least: number, most: number): number | null {
  const trimmed = text.trim();
  const seconds = Number(trimmed);
  return /^\d{1,5}$/.test(trimmed) && seconds >= least && seconds <= most ? seconds : null;
}

/** Whether it reads like `Ctrl+Alt+K`; empty is none. */
export function isShortcut(text: string): boolean {
  return text === "" || /^((Ctrl|Alt|Shift|Super)\+)+[A-Za-z0-9]+$/i.test(text);
}
