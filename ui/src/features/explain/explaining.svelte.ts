/** One answer to be explained: what the form has, what is wrong with it, and what the agent says. */
import { ipc, type ExplainAnswerView, type SentAlong } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { explainWords as words } from "../../words/explain";
import { readAnswer, toBase64 } from "./answer";

/** As much as the agent looks at. */
const LONGEST = 1024 * 1024;

export type ExplainProblems = Partial<Record<"status" | "path" | "body", string>>;

export class Explaining {
  reference = $state("");
  status = $state("");
  sent = $state<SentAlong | "">("");
  path = $state("");
  body = $state("");
  problems = $state.raw<ExplainProblems>({});
  explained = $state.raw<ExplainAnswerView | null>(null);
  /** In how many seconds to come back, where a pasted header says so. */
  retryAfter = $state<number | null>(null);
  failure = $state.raw<Failure | null>(null);
  working = $state(false);

  /** A whole answer says its status itself. */
  noticeStatus(): void {
    const { status } = readAnswer(this.body);
    if (status !== null) this.status = String(status);
  }

  private check(): ExplainProblems {
    const problems: ExplainProblems = {};
    const status = Number(this.status);
    if (!/^\d{3}$/.test(this.status.trim()) || status < 100 || status > 599)
      problems.status = words.statusWrong;
    if (this.path !== "" && !this.path.startsWith("/")) problems.path = words.pathWrong;
    if (new TextEncoder().encode(this.body).length > LONGEST) problems.body = words.bodyLong;
    return problems;
  }

  /** Says whether the form was in order. */
  async ask(): Promise<boolean> {
    if (this.working) return true;
    this.explained = null;
    this.failure = null;
    this.problems = this.check();
    if (Object.keys(this.problems).length > 0) return false;
    this.working = true;
    const { body, retryAfter } = readAnswer(this.body);
    try {
      this.explained = await ipc().explain_answer({
        reference: this.reference,
        environment: null,
        status: Number(this.status),
        path: this.path || null,
        sent: this.sent || null,
        body_base64: toBase64(body),
      });
      this.retryAfter = retryAfter;
    } catch (error) {
      this.failure = asFailure(error);
    }
    this.working = false;
    return true;
  }

  /** Forgets the answer; it was nobody's to keep. */
  forget(): void {
    this.body = "";
    this.explained = null;
  }
}
