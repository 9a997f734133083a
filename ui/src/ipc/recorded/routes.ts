/** How the demo's providers replace a key, in the agent's form. */
import type {
  CredentialDetail,
  EmergencyView,
  OldKeyEnd,
  RotationStage,
  VerifiedBy,
} from "../types";

export interface RecordedRoute {
  bySupport: boolean;
  confirmed: boolean;
  oldKeyEnd: OldKeyEnd;
  oldKeyNote: string;
  oldKeyVerified: boolean;
  place: string;
  instructions: string[];
  fields: string[];
  labels: Record<string, string>;
  test: string | null;
  verifiedBy: VerifiedBy | null;
  stages: [RotationStage, string][];
  emergency(credential: CredentialDetail, at: string): EmergencyView;
}

function emergency(place: string, address: string | null): RecordedRoute["emergency"] {
  return (credential, at) => ({
    declared_at: at,
    note: null,
    warning: "The old key lives until the provider ends it. Keyturn cannot end it.",
    offered: `A new key: ${place}.`,
    support_text: `Hello,\n\nour key for ${credential.provider_name} ending in ${credential.fields.at(-1)?.last_four ?? "????"} is compromised. Please end it now, and issue a new one.\n\nThank you.`,
    support_address: address,
    report: `# Incident: ${credential.ref}\n\n- ${at}: declared compromised\n- used by: GitHub Actions of billing, make`,
  });
}

const SHORT: [RotationStage, string][] = [
  ["started", "Begin"],
  ["issued", "Store the new key"],
  ["verified", "Test the new key"],
  ["promoted", "Put the new key in use"],
  ["retiring", "Retire the old key"],
];

const deepcurrent: RecordedRoute = {
  bySupport: true,
  confirmed: true,
  oldKeyEnd: "on_confirmation",
  oldKeyNote:
    "The old key works until the new one is issued and confirmed. Whether both work for a while is not promised: make everything ready before confirming.",
  oldKeyVerified: true,
  place: "Dashboard → Settings → API Key",
  instructions: [
    "Request a new key at Settings → API Key; support is told.",
    "Make ready everything that uses the key.",
    "When support has issued it, capture it here: it is shown once.",
    "Test the new key.",
    "Put it in place everywhere, then confirm to support.",
  ],
  fields: ["api_key"],
  labels: { api_key: "API key" },
  test: "GET /api/v1/users/me: it reads and changes nothing.",
  verifiedBy: "test_call",
  stages: [
    ["started", "Begin"],
    ["requested", "Ask the support for a new key"],
    ["issued", "Store the new key"],
    ["verified", "Test the new key"],
    ["confirmed", "Confirm to the support"],
    ["promoted", "Put the new key in use"],
    ["retiring", "Retire the old key"],
  ],
  emergency: emergency("Dashboard → Settings → API Key", "support@deepcurrent.example"),
};

const deepidv: RecordedRoute = {
  bySupport: false,
  confirmed: false,
  oldKeyEnd: "at_once",
  oldKeyNote:
    "That regenerating ends the old key at once is our reading of the advice on 401: replace it everywhere now.",
  oldKeyVerified: false,
  place: "Admin Console → Settings → API Keys",
  instructions: [
    "Make ready everything that uses the key: the old one ends when the new one is made.",
    "Regenerate the key at Admin Console → Settings → API Keys.",
    "Store the new key here.",
    "Replace it everywhere now.",
  ],
  fields: ["api_key"],
  labels: { api_key: "API key" },
  test: null,
  verifiedBy: null,
  stages: SHORT,
  emergency: emergency("Admin Console → Settings → API Keys", null),
};

const deepvue: RecordedRoute = {
  bySupport: false,
  confirmed: false,
  oldKeyEnd: "unknown",
  oldKeyNote:
    "Deepvue does not say whether the old secret goes on working: make everything that uses it ready first.",
  oldKeyVerified: true,
  place: "Dashboard → Credentials",
  instructions: [
    "Make ready everything that uses the secret.",
    "Get the new pair at Dashboard → Credentials and store it here.",
    "Let Keyturn get a token with it.",
    "Put it in place everywhere.",
  ],
  fields: ["client_id", "client_secret"],
  labels: { client_id: "Client id", client_secret: "Client secret" },
  test: "POST /v1/authorize: a token is bought with it and thrown away.",
  verifiedBy: "exchange",
  stages: SHORT,
  emergency: emergency("Dashboard → Credentials", null),
};

const routes: Record<string, RecordedRoute> = { deepcurrent, deepidv, deepvue };

export function routeOf(provider: string): RecordedRoute {
  return routes[provider] ?? { ...deepvue, fields: ["api_key", "key"], labels: {} };
}
