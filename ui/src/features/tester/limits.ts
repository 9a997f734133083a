/** How much of a provider's limits is used, for the meter beside the button that sends. Pure. */
import type { LimitView, LimitWindow } from "../../ipc";

export interface Gauge {
  window: LimitWindow;
  label: string;
  used: number;
  limit: number;
  state: "free" | "near" | "full";
  /** In how many seconds some of it is free again, where it is full. */
  freeIn: number | null;
}

/** From which part on a limit is near. */
const NEAR = 0.8;
const ORDER: LimitWindow[] = ["second", "minute", "day"];

function gaugeOf(limit: LimitView, now: number): Gauge {
  const over = limit.resets_at === null ? null : Date.parse(limit.resets_at) <= now;
  const used = over === true ? 0 : limit.used;
  const state = used >= limit.limit ? "full" : used >= limit.limit * NEAR ? "near" : "free";
  const left = limit.resets_at === null ? null : Date.parse(limit.resets_at) - now;
  const freeIn = state === "full" && left !== null ? Math.max(1, Math.ceil(left / 1_000)) : null;
  return { window: limit.window, label: limit.label, used, limit: limit.limit, state, freeIn };
}

/** One gauge a window: the one that is nearest to its end. */
export function gaugesOf(limits: LimitView[], plan: string | null, now: number): Gauge[] {
  const counted = limits.filter(
    (limit) => limit.plan === null || plan === null || limit.plan === plan,
  );
  const gauges = counted.map((limit) => gaugeOf(limit, now));
  return ORDER.flatMap((window) => {
    const within = gauges.filter((gauge) => gauge.window === window);
    const fullest = within.sort((a, b) => b.used / b.limit - a.used / a.limit)[0];
    return fullest === undefined ? [] : [fullest];
  });
}
