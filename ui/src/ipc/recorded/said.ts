/** Answers that are not easy to show: a limit, a hostile page, a redirect, one that is long. For the gallery. */
import type { SendRequestAnswer } from "../types";
import { answered } from "./answers";

export interface Said {
  answer: SendRequestAnswer;
  body: string;
  mediaType: string;
}

/** A limit that is reached, with a certificate that ends soon and a kept connection. */
export function limited(now: number): Said {
  const usual = answered({});
  const tls = usual.tls === null ? null : { ...usual.tls, days_left: 9 };
  const answer = answered({
    status: 429,
    status_words: "Too Many Requests",
    attempts: 3,
    tls,
    timing_ms: { dns: null, connect: null, tls: null, first_byte: 88, download: 0.4, total: 90 },
    checks: [
      { check: { of: "status", is: "2xx" }, passed: false, got: "429", words: "status is 2xx" },
    ],
    diagnosis: {
      meaning: "too many requests: the limit of the plan is reached",
      action: "Wait, longer each time.",
      row: "DV7.429",
      keyturn: "back_off",
      verified: false,
      provider_says: "Rate limit exceeded",
      retry_at: new Date(now + 30_000).toISOString(),
      notes: ["This machine's clock is 4 s behind the provider's."],
    },
  });
  return { answer, body: '{"detail":"Rate limit exceeded"}', mediaType: "application/json" };
}

/** What a page may try: scripts, the terminal's commands, writing that is turned round, a header without end. */
export function hostile(): Said {
  const answer = answered({
    status: 500,
    status_words: "Internal Server Error",
    tls: null,
    headers: [
      ["content-type", "text/html"],
      ["x-request-id", "r-17"],
      ["x-long", "v".repeat(10_000)],
      ["x-turned", "\u202egpj.exe <b>bold</b> \u001b[2J"],
    ],
  });
  const body =
    "<html><script>alert(1)</script>\n<svg onload=alert(1)>\u001b[31mred\u001b[0m\u202etxt.exe\n" +
    `${"long".repeat(700)}</html>`;
  return { answer, body, mediaType: "text/html" };
}

/** It leads to a host that the credential is not bound to: the agent gives the window no ticket for it. */
export function redirected(): Said {
  const redirect = {
    to: "https://login.example/start",
    elsewhere: true,
    followed: false,
    ticket: null,
    blocked:
      "the window goes to no origin that the credential is not bound to: send it with `keyturn request … --follow-redirect` to go there",
  };
  const answer = answered({ status: 302, status_words: "Found", redirect });
  return { answer, body: "", mediaType: "text/html" };
}

/** It leads on within the host that was asked. */
export function ledOn(): Said {
  const redirect = {
    to: "https://production.deepvue.tech/v2/status",
    elsewhere: false,
    followed: false,
    ticket: 4,
    blocked: null,
  };
  const answer = answered({ status: 302, status_words: "Found", redirect });
  return { answer, body: "", mediaType: "text/html" };
}
