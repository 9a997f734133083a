/** What a card of the gallery says of a provider: how one authenticates there, and for how long. Pure. */
import type { LifetimeView, ProviderView } from "../../ipc";
import { words } from "../../words/en";

const HOUR = 3_600;
const DAY = 24 * HOUR;

function lengthText(seconds: number): string {
  if (seconds >= 2 * DAY) return words.times.days(Math.round(seconds / DAY));
  if (seconds >= HOUR) return words.times.hours(Math.round(seconds / HOUR));
  return words.times.minutes(Math.round(seconds / 60));
}

function lifetimeText(lifetime: LifetimeView): string {
  const text = words.gallery.lifetimes;
  return lifetime.kind === "documented"
    ? text.documented(lengthText(lifetime.seconds))
    : text[lifetime.kind];
}

/** How long what is sent lives, the preferred method first and each answer once. */
export function lifetimesOf(view: ProviderView): string[] {
  return [...new Set(view.methods.map(({ lifetime }) => lifetimeText(lifetime)))];
}

/** Whether the key itself is sent, or tokens are got with it; the preferred method first. */
export function modelOf(view: ProviderView): string {
  const kinds = new Set(view.methods.map(({ lifetime }) => lifetime.kind === "key"));
  const [first = true] = kinds;
  if (kinds.size < 2) return first ? words.gallery.key : words.gallery.token;
  return first ? words.gallery.keyOrToken : words.gallery.tokenOrKey;
}
