/** Credentials as an agent would list them: all states that the window draws, relative to now. */
import type { CredentialDetail, ExpirySource, RotationState, TokenView } from "../types";
import { warned } from "./countdown";
import { DAY, day, HOUR, iso, MINUTE } from "./times";

/** A token of that age and life; a life that is not known has no end. */
export function tokenOf(
  now: number,
  age: number,
  life: number | null,
  source: ExpirySource,
): TokenView {
  const issued = now - age;
  const left = life === null ? null : life - age;
  const state =
    left === null
      ? "unknown"
      : left <= 0
        ? "expired"
        : left <= (life ?? 0) / 5
          ? "expiring"
          : "fresh";
  return warned({
    state,
    issued_at: iso(issued),
    expires_at: left === null ? null : iso(now + left),
    expires_in_s: left === null ? null : Math.floor(left / 1_000),
    source,
  });
}

export const noToken: TokenView = {
  state: "none",
  issued_at: null,
  expires_at: null,
  expires_in_s: null,
  source: null,
  soon_at: null,
  urgent_at: null,
};

interface Given {
  provider: string;
  providerName: string;
  name: string;
  environment?: string;
  environments?: string[];
  owner?: string;
  note?: string;
  secrets: Record<string, string | null>;
  /** Secrets whose value is not stored. */
  missing?: Record<string, string | null>;
  open?: Record<string, string>;
  token?: TokenView;
  dueInDays?: number;
  every?: number;
  reveal?: CredentialDetail["reveal"]["state"];
}

/** A credential in the agent's form. */
export function make(now: number, given: Given): CredentialDetail {
  const open = given.open ?? {};
  const due = given.dueInDays;
  const state: RotationState =
    due === undefined ? "none" : due < 0 ? "overdue" : due <= 14 ? "due" : "ok";
  const every = given.every ?? (due === undefined ? null : 90);
  const environment = given.environment ?? "production";
  const openFields = Object.keys(open).map((name) => ({
    name,
    secret: false,
    set: true,
    last_four: null,
  }));
  const secretFields = Object.entries(given.secrets).map(([name, last_four]) => ({
    name,
    secret: true,
    set: true,
    last_four,
  }));
  const missingFields = Object.entries(given.missing ?? {}).map(([name, last_four]) => ({
    name,
    secret: true,
    set: false,
    last_four,
  }));
  return {
    ref: `${given.provider}/${given.name}`,
    provider: given.provider,
    name: given.name,
    environment,
    owner: given.owner ?? null,
    fields: [...openFields, ...secretFields, ...missingFields],
    token: given.token ?? noToken,
    rotation: {
      state,
      due_on: due === undefined ? null : day(now + due * DAY),
      days_left: due ?? null,
    },
    reveal: { state: given.reveal ?? "not_applicable" },
    provider_name: given.providerName,
    environments: given.environments ?? [environment],
    open_values: open,
    note: given.note ?? null,
    issued_on: due === undefined || every === null ? null : day(now + (due - every) * DAY),
    expires_on: null,
    rotate_every_days: due === undefined ? null : every,
    method: null,
    plan: null,
    keep_fresh: false,
    clock_skew_s: null,
    limits: [],
    created_at: iso(now - 143 * DAY),
    updated_at: iso(now - 9 * DAY),
  };
}

/** What a busy vault holds: fresh, soon, urgent, expired, unknown, due, overdue, not caught yet. */
export function demoCredentials(now: number): CredentialDetail[] {
  const deepvue = { provider: "deepvue", providerName: "Deepvue" };
  const deepidv = { provider: "deepidv", providerName: "deepidv" };
  const deeply = { provider: "deeply", providerName: "Deeply" };
  const deepcurrent = { provider: "deepcurrent", providerName: "DeepCurrent" };
  return [
    make(now, {
      ...deepcurrent,
      name: "dashboard",
      owner: "Maya",
      secrets: { password: null },
      open: { username: "maya@northwind.example" },
      token: tokenOf(now, 51 * MINUTE, HOUR, "jwt_claim"),
      reveal: "not_revealed",
    }),
    make(now, { ...deepcurrent, name: "main", secrets: {}, reveal: "not_revealed" }),
    make(now, {
      ...deepcurrent,
      name: "reports",
      owner: "Data platform",
      secrets: { api_key: "7Qe2" },
      reveal: "captured",
      dueInDays: 61,
      every: 180,
    }),
    make(now, {
      ...deepidv,
      name: "main",
      owner: "Onboarding",
      note: "Used by the sign-up service. Tell #onboarding before it is replaced.",
      secrets: { api_key: "k31x" },
      open: { organization: "Northwind" },
      dueInDays: -12,
    }),
    make(now, {
      ...deepidv,
      name: "partner-portal",
      secrets: { api_key: "Zr8d" },
      dueInDays: 5,
    }),
    make(now, {
      ...deeply,
      name: "cloud",
      environment: "public",
      secrets: { api_key: "m4Tn" },
      token: tokenOf(now, 3 * HOUR, null, "unknown"),
    }),
    make(now, {
      ...deeply,
      name: "factory",
      environment: "edge",
      environments: ["edge", "public"],
      secrets: { api_key: "9wLc" },
      open: { edge_ip: "192.168.14.20" },
    }),
    make(now, {
      ...deepvue,
      name: "main",
      owner: "Verification",
      secrets: { client_secret: "x9Qd" },
      open: { client_id: "northwind-live-4821" },
      token: tokenOf(now, 6 * HOUR + 17 * MINUTE, DAY, "response_field"),
      dueInDays: 34,
    }),
    make(now, {
      ...deepvue,
      name: "nightly-batch",
      secrets: { client_secret: "Ta52" },
      open: { client_id: "northwind-batch" },
      token: tokenOf(now, 26 * HOUR, DAY, "documented_lifetime"),
    }),
    make(now, {
      ...deepvue,
      name: "trial",
      secrets: { client_secret: "uu0e" },
      open: { client_id: "free_tier_northwind" },
      token: tokenOf(now, 23 * HOUR + 48 * MINUTE, DAY, "response_field"),
    }),
  ];
}

/** A key that is shown once, in each of its states. */
export function keysShownOnce(now: number): CredentialDetail[] {
  const deepcurrent = { provider: "deepcurrent", providerName: "DeepCurrent" };
  const legacy = { api_key: "7x9z" };
  return [
    make(now, { ...deepcurrent, name: "caught", secrets: { api_key: "7Qe2" }, reveal: "captured" }),
    make(now, {
      ...deepcurrent,
      name: "legacy",
      owner: "Data platform",
      secrets: {},
      missing: legacy,
      reveal: "last_four_only",
    }),
    make(now, {
      ...deepcurrent,
      name: "lost",
      secrets: {},
      missing: { api_key: null },
      reveal: "lost",
    }),
    make(now, { ...deepcurrent, name: "waiting", secrets: {}, reveal: "not_revealed" }),
  ];
}
