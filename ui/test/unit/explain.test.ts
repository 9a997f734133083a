import { expect, test } from "vitest";
import { readAnswer, toBase64 } from "../../src/features/explain/answer";

test.each([
  ["a body alone", '{"a":1}', null, null, '{"a":1}'],
  ["nothing", "", null, null, ""],
  [
    "all of it",
    "HTTP/1.1 403 Forbidden\r\nx: y\r\n\r\n<html>\r\n</html>",
    403,
    null,
    "<html>\n</html>",
  ],
  ["without a body", "HTTP/2 204 \nx: y", 204, null, ""],
  ["a time to wait", "HTTP/2 429\nRetry-After: 30\n\n{}", 429, 30, "{}"],
  ["a date to wait for", "HTTP/2 429\nRetry-After: Sat, 21 Nov 2026\n\n", 429, null, ""],
  ["a proxy before it", "HTTP/1.1 200 Connection established\n\nHTTP/2 401\n\nno", 401, null, "no"],
  ["a word like it", "HTTP is fine", null, null, "HTTP is fine"],
])("an answer is taken apart: %s", (_, text, status, retryAfter, body) => {
  expect(readAnswer(text)).toEqual({ status, retryAfter, body });
});

test("a body of any characters is passed on in base64", () => {
  expect(atob(toBase64("a"))).toBe("a");
  const bytes = Uint8Array.from(atob(toBase64("héllo 🔑")), (c) => c.charCodeAt(0));
  expect(new TextDecoder().decode(bytes)).toBe("héllo 🔑");
});
