/** Which steps of a recorded rotation are possible, by the agent's own rules. */
import type { RotationDetail, RotationOffer, RotationStage, RotationState } from "../types";
import type { RecordedRoute } from "./routes";

export function offersOf(
  stage: RotationStage,
  route: RecordedRoute,
  detail: RotationDetail,
): RotationOffer[] {
  const lives = typeof detail.old_key === "object" && "lives" in (detail.old_key ?? {});
  const some = (is: boolean, offer: RotationOffer): RotationOffer[] => (is ? [offer] : []);
  const emergency = some(detail.emergency === null, "compromised");
  if (stage === "started" || stage === "requested")
    return [...some(route.bySupport, "request"), "store", "cancel", ...emergency];
  if (stage === "promoted" || stage === "retiring")
    return ["retire", ...some(lives, "roll_back"), ...emergency];
  const toConfirm = route.confirmed && stage !== "confirmed";
  const on: RotationOffer[] = toConfirm ? some(stage === "verified", "confirm") : ["promote"];
  const more = [...some(stage !== "confirmed", "store"), ...some(lives, "cancel")];
  return ["verify", ...on, ...more, ...emergency];
}

export function nextOf(stage: RotationStage, route: RecordedRoute): RotationOffer | null {
  const next: Record<RotationStage, RotationOffer | null> = {
    started: route.bySupport ? "request" : "store",
    requested: null,
    issued: "verify",
    verified: route.confirmed ? "confirm" : "promote",
    confirmed: "promote",
    promoted: "retire",
    retiring: "retire",
  };
  return next[stage];
}

export function stateOf(stage: RotationStage | null, before: RotationState): RotationState {
  return stage === null || stage === "started" ? before : stage;
}
