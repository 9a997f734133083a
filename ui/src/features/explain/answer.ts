/** An answer as somebody pasted it: a body, or all that `curl -i` prints. Pure. */

export interface PastedAnswer {
  /** From its first line, where it has one. */
  status: number | null;
  /** In how many seconds to come back, where a header says so. */
  retryAfter: number | null;
  body: string;
}

const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})\b/;

export function readAnswer(text: string): PastedAnswer {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const status = STATUS_LINE.exec(lines[0] ?? "")?.[1];
  if (status === undefined) return { status: null, retryAfter: null, body: text };
  const end = lines.indexOf("");
  const headers = lines.slice(1, end === -1 ? lines.length : end);
  const body = end === -1 ? "" : lines.slice(end + 1).join("\n");
  // An answer of a proxy, or one that goes on, stands before the real one.
  if (STATUS_LINE.test(body)) return readAnswer(body);
  const retry = headers
    .map((line) => /^retry-after:\s*(\d{1,6})\s*$/i.exec(line)?.[1])
    .find((found) => found !== undefined);
  return { status: Number(status), retryAfter: retry === undefined ? null : Number(retry), body };
}

/** A text in base64, as the agent takes a body of any encoding. */
export function toBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
