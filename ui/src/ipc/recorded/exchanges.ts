/** The history of the recorded backend, and the checks that are run. */
import type { CheckedView, ExchangeView } from "../types";
import { demoEntries, entry } from "./asked";
import { RecordedVault } from "./vault";

/** As many as are kept of one credential. */
const MOST = 500;

export class RecordedExchanges extends RecordedVault {
  /** By credential, the newest first; the demo's is made when it is first asked for. */
  readonly exchanges = new Map<string, ExchangeView[]>();
  /** What running a credential's checks comes to. */
  checked: CheckedView[] | null = null;

  list_exchanges = (call: { reference: string }) =>
    this.answer("list_exchanges", call, () => this.askedOf(call.reference));

  forget_exchanges = (call: { reference: string; id: string | null }) =>
    this.answer("forget_exchanges", call, () => {
      const left = this.askedOf(call.reference).filter(
        (one) => call.id !== null && one.id !== call.id,
      );
      this.exchanges.set(call.reference, left);
    });

  run_checks = (call: { reference: string | null; confirmed: boolean }) =>
    this.answer("run_checks", call, (): CheckedView[] => {
      const all = call.reference === null ? this.credentials : [this.find(call.reference)];
      return this.checked ?? all.map((one) => alive(one.ref, one.environment));
    });

  /** Notes what was asked just now, and answers its number. */
  protected noteExchange(
    given: Partial<ExchangeView> & { method: string; path: string },
    reference = "deepvue/main",
  ): string {
    const all = this.askedOf(reference);
    const id = String(Math.max(0, ...all.map((one) => Number(one.id))) + 1);
    const at = new Date(this.now()).toISOString();
    this.exchanges.set(reference, [entry({ ...given, id, at }), ...all].slice(0, MOST));
    return id;
  }

  protected askedOf(reference: string): ExchangeView[] {
    const known = this.exchanges.get(reference);
    if (known !== undefined) return known;
    const made = reference === "deepvue/main" ? demoEntries(this.now()) : [];
    this.exchanges.set(reference, made);
    return made;
  }
}

function alive(reference: string, environment: string): CheckedView {
  return {
    ref: reference,
    request: "Is it alive?",
    environment,
    outcome: "passed",
    why: null,
    status: 200,
    meaning: null,
    total_ms: 182,
    checks: [
      { check: { of: "status", is: "2xx" }, passed: true, got: "200", words: "status is 2xx" },
      {
        check: { of: "time", under_ms: 500 },
        passed: true,
        got: "182 ms",
        words: "time is under 500 ms",
      },
    ],
    credential_refused: false,
  };
}
