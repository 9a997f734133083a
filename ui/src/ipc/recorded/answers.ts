/** Answers of providers, as the agent passes them on: redacted, with their meaning. */
import type { ApiError, ErrorCode, SendRequestAnswer } from "../types";

export function failure(code: ErrorCode, message: string, hint: string | null = null): ApiError {
  return { code, message, hint };
}

function answer(given: Partial<SendRequestAnswer>): SendRequestAnswer {
  return {
    status: 200,
    headers: [
      ["content-type", "application/json"],
      ["date", "Sat, 21 Nov 2026 22:14:07 GMT"],
    ],
    body: null,
    body_base64: null,
    timing_ms: {
      dns: 1.2,
      connect: 18.4,
      tls: 31.9,
      first_byte: 142.7,
      download: 0.8,
      total: 195,
    },
    tls: { version: "TLSv1.3", cipher: null, peer: null },
    attempts: 1,
    sent: {
      method: "GET",
      url: "https://production.deepvue.tech/v1/verification/panbasic",
      query: ["pan_number"],
      headers: { Authorization: "Bearer ●●●●Hn4w", "x-api-key": "●●●●x9Qd" },
      body: null,
    },
    diagnosis: null,
    credential_refused: false,
    ...given,
  };
}

/** What each sample is answered with. */
export const answers: Record<string, () => SendRequestAnswer> = {
  panbasic: () =>
    answer({
      body: '{"code":200,"timestamp":1795731247,"transaction_id":"b7c1…","data":{"pan_number":"AAAPT0002F","full_name":"A. TESTER","category":"person"}}',
    }),
  "create-session": () =>
    answer({
      status: 402,
      body: '{"detail":"Insufficient token balance"}',
      sent: {
        method: "POST",
        url: "https://api.deepidv.com/v1/sessions",
        query: [],
        headers: { "x-api-key": "●●●●k31x" },
        body: "application/json, 173 bytes",
      },
      diagnosis: {
        meaning:
          "The organization has not enough credit; deepidv calls it token balance. This is about billing, not about an access token.",
        action: "Add credit in the Admin Console.",
        row: "DI7.402",
        keyturn: "none",
        verified: true,
        provider_says: "Insufficient token balance",
        retry_at: null,
        notes: [],
      },
    }),
  events: () => answer({ body: '{"events":[]}', attempts: 2 }),
  me: () => answer({ body: '{"email":"maya@northwind.example","api_key_last_four":"7Qe2"}' }),
};
