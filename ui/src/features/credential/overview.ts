/** What an open vault says first: which credentials want something, the most pressing ones on top. */
import type { CredentialView } from "../../ipc";
import type { Phase } from "../../lib/remaining";
import { words } from "../../words/en";
import { waitsForCapture } from "./reading";

export interface Matter {
  credential: CredentialView;
  text: string;
  tone: "bad" | "warn";
  weight: number;
}

/** The one thing that a credential wants most, if it wants any. */
export function matterOf(credential: CredentialView, phase: Phase): Matter | null {
  const { reasons } = words.overview;
  const { state, days_left } = credential.rotation;
  const matter = (text: string, tone: Matter["tone"], weight: number): Matter => ({
    credential,
    text,
    tone,
    weight,
  });
  if (state === "overdue") return matter(words.rotation.due(days_left ?? -1), "bad", 0);
  if (credential.reveal.state === "lost") return matter(reasons.lost, "bad", 1);
  if (waitsForCapture(credential)) return matter(reasons.capture, "warn", 2);
  if (state === "due") return matter(words.rotation.due(days_left ?? 0), "warn", 3);
  if (phase === "urgent") return matter(reasons.urgent, "warn", 4);
  return phase === "expired" ? matter(reasons.expired, "warn", 5) : null;
}
