/** Answers of providers, as the agent passes them on: redacted, with their meaning. */
import type { ApiError, ErrorCode, SendRequestAnswer } from "../types";

export function failure(code: ErrorCode, message: string, hint: string | null = null): ApiError {
  return { code, message, hint };
}

/** An answer as they usually are, but for what is given. */
export function answered(given: Partial<SendRequestAnswer>): SendRequestAnswer {
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
    status_words: "OK",
    size: { received: 268, decoded: 412, encoding: "gzip" },
    redirect: null,
    tls: {
      version: "TLSv1.3",
      cipher: null,
      peer: "*.deepvue.tech",
      days_left: 63,
      chain: [
        {
          subject: "CN=*.deepvue.tech",
          issuer: "C=US, O=Let's Encrypt, CN=R11",
          names: ["*.deepvue.tech", "deepvue.tech"],
          valid_from: "2026-10-26T00:00:00Z",
          valid_until: "2027-01-24T00:00:00Z",
          sha256: "9f2c41d07b6e8a53c1de94f07a2b385d61c4e9f8072ab3d5c6e1f4908273b5ad",
        },
        {
          subject: "C=US, O=Let's Encrypt, CN=R11",
          issuer: "C=US, O=Internet Security Research Group, CN=ISRG Root X1",
          names: [],
          valid_from: "2024-03-13T00:00:00Z",
          valid_until: "2027-03-12T00:00:00Z",
          sha256: "591e9ce6c863d3a079e9fabe1478c7339a26b21269dde795211361024ae31a44",
        },
      ],
    },
    attempts: 1,
    sent: {
      method: "GET",
      url: "https://production.deepvue.tech/v1/verification/panbasic",
      query: ["pan_number"],
      headers: { Authorization: "Bearer ●●●●Hn4w", "x-api-key": "●●●●x9Qd" },
      body: null,
      body_bytes: null,
    },
    diagnosis: null,
    credential_refused: false,
    refused: false,
    exchange: null,
    checks: [],
    ...given,
  };
}

/** What each sample is answered with. */
export const answers: Record<string, () => SendRequestAnswer> = {
  panbasic: () =>
    answered({
      body: '{"code":200,"timestamp":1795731247,"transaction_id":"b7c1…","data":{"pan_number":"AAAPT0002F","full_name":"A. TESTER","category":"person"}}',
    }),
  "create-session": () =>
    answered({
      status: 402,
      status_words: "Payment Required",
      body: '{"detail":"Insufficient token balance"}',
      sent: {
        method: "POST",
        url: "https://api.deepidv.com/v1/sessions",
        query: [],
        headers: { "x-api-key": "●●●●k31x" },
        body: "application/json",
        body_bytes: 173,
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
  events: () => answered({ body: '{"events":[]}', attempts: 2 }),
  me: () => answered({ body: '{"email":"maya@northwind.example","api_key_last_four":"7Qe2"}' }),
};
