/** Which panel of the wizard belongs to where a rotation stands. Pure; it knows no provider. */
import type { RotationDetail, RotationOffer } from "../../ipc";

export type Panel =
  "start" | "request" | "waiting" | "store" | "verify" | "confirm" | "promote" | "retire" | "done";

const PANELS: Partial<Record<RotationOffer, Panel>> = {
  start: "start",
  request: "request",
  store: "store",
  verify: "verify",
  confirm: "confirm",
  promote: "promote",
  retire: "retire",
};

/** The panel of what the agent says comes next; `finished` where this wizard has just ended it. */
export function panelOf(detail: RotationDetail, finished: boolean): Panel {
  if (detail.stage === null) return finished ? "done" : "start";
  if (detail.next_step === null || detail.stage === "requested") return "waiting";
  return PANELS[detail.next_step] ?? "waiting";
}

export type Standing = "reached" | "now" | "ahead";

/** How each stage stands: what was reached, the first that was not, and the rest. */
export function standings(detail: RotationDetail): Standing[] {
  const at = detail.stage === null ? -1 : detail.stages.findIndex((one) => one.reached_at === null);
  return detail.stages.map((one, index) => {
    if (one.reached_at !== null) return "reached";
    return index === at ? "now" : "ahead";
  });
}

/** The ends of the new values, e.g. `Wk55`; of several fields with their names. */
export function newTails(detail: RotationDetail): string {
  const known = detail.fields.filter((field) => field.other_last_four !== null);
  return known
    .map((field) =>
      known.length === 1 ? field.other_last_four : `${field.other_last_four} (${field.label})`,
    )
    .join(", ");
}
