/** Bodies of answers behind the recorded door, answers that were kept, and what two of them differ in. */
import type {
  AnswerRef,
  Comparison,
  DiffLine,
  KeptDetail,
  SendRequestAnswer,
  ShownBody,
  TesterAnswer,
} from "../types";
import type { Ipc } from "../contract";
import { answered, failure } from "./answers";
import { RecordedExchanges } from "./exchanges";
import { HeldBodies } from "./held";

type Call<Name extends keyof Ipc> = Parameters<Ipc[Name]>[0];

const SAID = {
  code: 200,
  transaction_id: "b7c1",
  data: { pan_number: "AAAPT0002F", full_name: "A. TESTER", category: "person" },
};
/** A picture of one pixel. */
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function linesOf(text: string): string[] {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split("\n");
  } catch {
    return text.split("\n");
  }
}

export class RecordedBodies extends RecordedExchanges {
  readonly bodies = new HeldBodies();

  body_lines = (call: Call<"body_lines">) =>
    this.answer("body_lines", call, () => this.bodies.lines(call));
  body_fold = (call: Call<"body_fold">) =>
    this.answer("body_fold", call, () => this.bodies.fold(call));
  body_search = (call: Call<"body_search">) =>
    this.answer("body_search", call, () => this.bodies.search(call));
  body_show = (call: Call<"body_show">) =>
    this.answer("body_show", call, () => this.bodies.show(call));
  body_image = (call: Call<"body_image">) =>
    this.answer("body_image", call, () => ({ data_url: PIXEL }));
  body_save = (call: Call<"body_save">) =>
    this.answer("body_save", call, () => ({ path: `/home/maya/Documents/${call.name}.json` }));
  body_copy = (call: Call<"body_copy">) => this.answer("body_copy", call, () => undefined);

  show_kept = (call: { reference: string; id: string }) =>
    this.answer("show_kept", call, (): { kept: KeptDetail; shown: ShownBody | null } => {
      const kept = this.kept(call);
      return { kept, shown: this.keepBody(this.keptText(call), "application/json") };
    });

  compare_answers = (call: { left: AnswerRef; right: AnswerRef }) =>
    this.answer("compare_answers", call, (): Comparison => {
      const [left = [], right = []] = [call.left, call.right].map((one) =>
        linesOf("kept" in one ? this.keptText({ id: one.kept[1] }) : this.bodies.text(one.shown)),
      );
      return compared(left, right);
    });

  follow_redirect = (call: Call<"follow_redirect">) =>
    this.answer("follow_redirect", call, (): TesterAnswer => {
      const sent = {
        method: "GET",
        url: "https://production.deepvue.tech/v2/status",
        query: [],
        headers: {},
        body: null,
        body_bytes: null,
      };
      return this.given(answered({ sent }), '{"status":"ok"}');
    });

  /** Holds a body as the shell does. */
  protected keepBody(text: string, mediaType: string | null): ShownBody {
    return this.bodies.put(text, mediaType);
  }

  /** An answer as the page gets it: its body stays here. */
  given(answer: SendRequestAnswer, text: string, mediaType = "application/json"): TesterAnswer {
    const shown = text === "" ? null : this.keepBody(text, mediaType);
    return { answer: { ...answer, body: null, body_base64: null }, shown };
  }

  private keptText({ id }: { id: string }): string {
    const category = Number(id) % 2 === 0 ? "person" : "company";
    return JSON.stringify({ ...SAID, data: { ...SAID.data, category } });
  }

  private kept(call: { reference: string; id: string }): KeptDetail {
    const found = this.askedOf(call.reference).find((one) => one.id === call.id && one.kept);
    if (found === undefined) throw failure("not_found", "this exchange was not kept");
    const { id, at, note, environment, method, path } = found;
    const query: [string, string][] = [["pan_number", "AAAPT0002F"]];
    const request = { method, url: path, query: query.map(([name, value]) => ({ name, value })) };
    const own = { id, at, note, environment, recipe: "token", path, query, cut_from: null };
    return { ...answered({ exchange: id }), ...own, request };
  }
}

function compared(left: string[], right: string[]): Comparison {
  const body = left.flatMap((text, at): DiffLine[] => {
    const other = right[at] ?? "";
    if (text === other) return [{ change: "same", text }];
    return [
      { change: "removed", text },
      { change: "added", text: other },
    ];
  });
  return {
    facts: [
      { name: "status", left: "200 OK", right: "200 OK", same: true },
      { name: "total time", left: "195 ms", right: "142 ms", same: false },
    ],
    headers: [
      { name: "content-type", left: "application/json", right: "application/json" },
      {
        name: "date",
        left: "Sat, 21 Nov 2026 22:14:07 GMT",
        right: "Sat, 21 Nov 2026 22:23:11 GMT",
      },
      { name: "x-cache", left: null, right: "hit" },
    ],
    body: [{ change: "skipped", text: "412" }, ...body],
    cut: false,
  };
}
