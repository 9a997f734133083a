/** The two keys that end the window, on every screen and over every dialog. */
import { closing } from "./closing.svelte";

export function handleEnd(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.shiftKey || event.isComposing) return;
  if (!(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key === "w") void closing.close();
  else if (key === "q") void closing.quit();
  else return;
  event.preventDefault();
}
