/** What a card of the gallery says of a provider: how one authenticates there, and for how long. Pure. */
import type { LifetimeView, ProviderView } from "../../ipc";
import { words } from "../../words/en";

const DAY = 86_400;

/** Whole days or hours are told as such, and nothing is rounded up to them. */
export function lengthText(seconds: number): string {
  if (seconds >= 2 * DAY && seconds % DAY === 0) return words.times.days(seconds / DAY);
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return words.times.minutes(minutes);
  return rest === 0 ? words.times.hours(hours) : words.times.hoursAndMinutes(hours, rest);
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
