/** A request of the past, to be sent once more: exactly, or with what was not kept left to fill in. Pure. */
import type { ExchangeView, Request } from "../../../ipc";
import { answerWords as words } from "../../../words/answer";

export interface Again {
  request: Request;
  /** What is missing, in words; empty where it is the whole request. */
  fill: string[];
}

export function again(entry: ExchangeView, kept: Request | null): Again {
  const { method, path, query, sent_body } = entry;
  const text = words.history;
  if (kept !== null) {
    // A body that was no text, or too long, was not kept with it.
    const lost = sent_body !== null && (kept.body ?? { kind: "none" }).kind === "none";
    return { request: kept, fill: lost ? [text.fillBody(sent_body)] : [] };
  }
  const fill = query.map(text.fillQuery);
  if (sent_body !== null) fill.push(text.fillBody(sent_body));
  // A name may stand there twice: each is a row.
  const request = { method, url: path, query: query.map((name) => ({ name, value: "" })) };
  return { request, fill };
}
