/** `G` and then a letter: the short way to a screen. */
import { navigation, type ScreenName } from "./navigation.svelte";

/** For how long the letter after `G` is waited for. */
const PATIENCE = 1_500;

const letters: Record<string, ScreenName> = {
  t: "timeline",
  h: "health",
  i: "inbox",
  a: "activity",
  x: "trash",
  s: "settings",
};

let waitsUntil = 0;

/** Whether the next letter names a screen. */
export function sequenceBegun(): boolean {
  return Date.now() < waitsUntil;
}

/** Takes a key of a sequence; answers whether it was one. */
export function takeSequence(key: string): boolean {
  if (!sequenceBegun()) {
    if (key === "g") waitsUntil = Date.now() + PATIENCE;
    return key === "g";
  }
  waitsUntil = 0;
  const screen = letters[key];
  if (key === "v") void navigation.home();
  else if (screen !== undefined) navigation.go(screen);
  else return false;
  return true;
}
