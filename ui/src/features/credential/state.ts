/** How a credential stands, in two words. Pure. */
import type { CredentialView } from "../../ipc";
import type { Phase } from "../../lib/remaining";
import { words } from "../../words/en";
import { waitsForCapture } from "./reading";

export interface State {
  text: string;
  tone: "plain" | "ok" | "warn" | "bad";
}

/** The key comes before its token: a token is bought anew by itself. */
export function stateOf(credential: CredentialView, phase: Phase): State {
  const text = words.state;
  const { state, days_left } = credential.rotation;
  if (state === "overdue") return { text: words.rotation.badgeOverdue, tone: "bad" };
  if (credential.reveal.state === "lost") return { text: text.lost, tone: "bad" };
  if (waitsForCapture(credential)) return { text: text.capture, tone: "warn" };
  if (state === "due") return { text: words.rotation.badgeDue(days_left ?? 0), tone: "warn" };
  if (phase === "expired") return { text: text.expired, tone: "warn" };
  if (phase === "urgent" || phase === "soon") return { text: text.soon, tone: "warn" };
  if (phase === "unknown") return { text: words.token.unknown, tone: "plain" };
  return { text: text.ok, tone: "ok" };
}
