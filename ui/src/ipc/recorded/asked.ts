/** What the recorded backend knows of what was asked: a history worth searching. */
import type { ExchangeView } from "../types";

const MINUTE = 60_000;

export function entry(given: Partial<ExchangeView>): ExchangeView {
  return {
    id: "1",
    at: "2026-11-22T09:00:00Z",
    environment: "production",
    recipe: "token",
    method: "GET",
    path: "/v1/verification/panbasic",
    query: [],
    sent_body: null,
    saved: null,
    status: 200,
    problem: null,
    meaning: null,
    credential_refused: false,
    refused: false,
    total_ms: 195,
    received: 412,
    attempts: 1,
    caller: "keyturn-desktop",
    checks_failed: 0,
    checks_passed: 0,
    kept: false,
    note: null,
    ...given,
  };
}

/** The newest first. */
export function demoEntries(now: number): ExchangeView[] {
  const at = (minutes: number): string => new Date(now - minutes * MINUTE).toISOString();
  return [
    entry({ id: "9", at: at(3), query: ["pan_number"], kept: true, note: "before the change" }),
    entry({ id: "8", at: at(12), query: ["pan_number"], kept: true, note: "ticket 4821" }),
    entry({
      id: "7",
      at: at(40),
      status: 401,
      meaning: "the token has expired",
      total_ms: 88,
      query: ["pan_number"],
    }),
    entry({
      id: "6",
      at: at(180),
      method: "POST",
      path: "/v1/session",
      sent_body: "json",
      status: 429,
      meaning: "too many requests",
      attempts: 3,
      total_ms: 4_210,
    }),
    entry({ id: "5", at: at(300), path: "/v1/status", saved: "Is it alive?", checks_passed: 3 }),
    entry({
      id: "4",
      at: at(1_500),
      path: "/v1/status",
      saved: "Is it alive?",
      checks_failed: 1,
      checks_passed: 2,
    }),
    entry({
      id: "3",
      at: at(3_000),
      status: null,
      problem: "the name of the host was not found",
      total_ms: null,
      received: null,
      caller: "keyturn",
    }),
  ];
}

/** As many as a history holds. */
export function manyEntries(now: number): ExchangeView[] {
  const statuses = [200, 200, 200, 201, 301, 401, 403, 404, 500];
  return Array.from({ length: 500 }, (_, at) =>
    entry({
      id: String(500 - at),
      at: new Date(now - at * 7 * MINUTE).toISOString(),
      status: statuses[at % statuses.length] ?? 200,
      path: `/v1/orders/${(at * 7_919) % 1_000}/items`,
      kept: at % 40 === 0,
    }),
  );
}
