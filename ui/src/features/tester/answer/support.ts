/** A letter to a provider's support about an answer. No secret, no value of the query and no body is in it. Pure. */
import type { SendRequestAnswer } from "../../../ipc";
import { answerWords as words } from "../../../words/answer";
import { timeText } from "./figures";
import { visible } from "./body/pieces";

/** Headers by which a provider finds a request in its own logs. */
const IDS =
  /^(x-)?(request|correlation|transaction|trace|amzn-trace|amz-cf|cf-ray|ray)[a-z-]*(-id)?$/i;
/** Longer ones are no identifiers. */
const LONGEST = 200;

export function supportText(answer: SendRequestAnswer, environment: string, at: string): string {
  const { sent, diagnosis } = answer;
  const text = words.support;
  const status = [answer.status ?? "", answer.status_words ?? ""].join(" ").trim();
  const ids = answer.headers
    .filter(([name, value]) => IDS.test(name) && value.length <= LONGEST)
    .map(([name, value]) => `${name}: ${value}`);
  const facts: [string, string][] = [
    [text.request, `${sent.method} ${sent.url}`],
    [text.query, sent.query.join(", ")],
    [
      text.headers,
      Object.entries(sent.headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join("; "),
    ],
    [text.environment, environment],
    [text.at, `${at}, ${timeText(answer.timing_ms.total)}`],
    [text.tried, answer.attempts > 1 ? String(answer.attempts) : ""],
    [text.said, diagnosis?.provider_says ?? ""],
    [text.ids, ids.join("; ")],
  ];
  const lines = facts.filter(([, value]) => value !== "");
  const told = lines.map(([name, value]) => `${name}: ${visible(value)}`);
  const subject = text.subject(sent.method, status);
  return [subject, "", text.hello, "", text.lead(status), "", ...told, "", text.thanks].join("\n");
}
