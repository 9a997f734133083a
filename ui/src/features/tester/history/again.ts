/** A request of the past, to be sent once more: exactly, or with what was not kept left to fill in. Pure. */
import type { ExchangeView, Request } from "../../../ipc";
import { answerWords as words } from "../../../words/answer";

export interface Again {
  request: Request;
  /** What is missing, in words; empty where nothing is to be filled in. */
  fill: string[];
  /** What is to know of it before it is sent; null where it is the whole request. */
  remark: string | null;
}

/** What stands in the place of a secret. */
const REDACTED = "<redacted>";

/** The parts in which a secret was taken out, in words. */
function redactedIn({ url, query = [], headers = [], body }: Request): string[] {
  const { parts } = words.history;
  const holds = (part: unknown): boolean => JSON.stringify(part ?? null).includes(REDACTED);
  return [
    ...(holds(url) ? [parts.url] : []),
    ...query.filter(holds).map(({ name }) => parts.query(name)),
    ...headers.filter(holds).map(({ name }) => parts.header(name)),
    ...(holds(body) ? [parts.body] : []),
  ];
}

export function again(entry: ExchangeView, kept: Request | null): Again {
  const { method, path, query, sent_body } = entry;
  const text = words.history;
  if (kept !== null) {
    // A body that was no text, or too long, was not kept with it.
    const lost = sent_body !== null && (kept.body ?? { kind: "none" }).kind === "none";
    const redacted = redactedIn(kept);
    const fill = redacted.map(text.redactedPart);
    if (lost) fill.push(text.fillBody(sent_body));
    const remark = redacted.length > 0 ? text.redacted(redacted.join(", ")) : null;
    return { request: kept, fill, remark };
  }
  const fill = query.map(text.fillQuery);
  if (sent_body !== null) fill.push(text.fillBody(sent_body));
  // A name may stand there twice: each is a row.
  const request = { method, url: path, query: query.map((name) => ({ name, value: "" })) };
  return { request, fill, remark: text.headersLeftOut };
}
