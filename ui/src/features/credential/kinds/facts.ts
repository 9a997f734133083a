/** What is known of a credential's use, and who says so. Pure. */
import type {
  CredentialDetail,
  LimitView,
  ProviderView,
  SentAsView,
  UsageView,
} from "../../../ipc";
import { dayText } from "../../../lib/dates";
import { numberText } from "../../../lib/locale";
import { kindWords as text } from "../../../words/kinds";
import { fieldLabel } from "../reading";

export type Source = keyof typeof text.source;

export interface Fact {
  label: string;
  value: string;
  source: Source;
  /** Whether it is a value to be read letter by letter. */
  code?: boolean;
  /** What to beware of. */
  warning?: string;
}

const DAY = 86_400_000;
/** A clock that is off by less is no matter. */
const SKEW_S = 60;

/** A header as it is sent, its value masked: `x-api-key: ●●●●k31x`. */
export function sentText(
  sent: SentAsView,
  credential: CredentialDetail,
  provider: ProviderView | undefined,
): string {
  const field = credential.fields.find((one) => one.name === sent.field);
  const value =
    sent.field === null
      ? `‹${text.token}›`
      : field?.last_four
        ? `●●●●${field.last_four}`
        : `‹${fieldLabel(sent.field, provider)}›`;
  if (sent.in_query) return `${text.sentInQuery(sent.name)}${value}`;
  return `${sent.name}: ${sent.scheme === null ? "" : `${sent.scheme} `}${value}`;
}

function ageFact(credential: CredentialDetail, now: number): Fact {
  const since = credential.issued_on ?? credential.created_at;
  const days = Math.max(0, Math.floor((now - Date.parse(since)) / DAY));
  const every = credential.rotate_every_days;
  return {
    label: text.age,
    value: every === null ? text.ageOf(days) : text.ageAndPolicy(days, every),
    source: credential.issued_on === null ? "keyturn" : "you",
  };
}

function limitText(limit: LimitView): string {
  return text.limit(numberText(limit.used), numberText(limit.limit), text.windows[limit.window]);
}

/** Everything that is known, in the order in which it is asked for. */
export function factsOf(
  credential: CredentialDetail,
  provider: ProviderView | undefined,
  usage: UsageView,
  now: number,
): Fact[] {
  const facts: Fact[] = usage.sent.map((sent) => ({
    label: text.sent,
    value: sentText(sent, credential, provider),
    source: "docs",
    code: true,
  }));
  facts.push({
    label: text.address,
    value: usage.base_url,
    source: "docs",
    code: true,
    ...(usage.clear_text ? { warning: text.clearTextHint } : {}),
  });
  const lifetime = usage.bought?.documented_lifetime ?? null;
  if (lifetime !== null)
    facts.push({
      label: text.lifetime,
      value: text.lifetimeOf(lifetime),
      source: usage.bought?.verified === false ? "unconfirmed" : "docs",
    });
  facts.push(ageFact(credential, now));
  facts.push({
    label: text.expiry,
    value:
      credential.expires_on === null ? text.noExpiry : text.ends(dayText(credential.expires_on)),
    source: credential.expires_on === null ? "keyturn" : "you",
  });
  if (credential.plan !== null)
    facts.push({ label: text.plan, value: credential.plan, source: "you" });
  const skew = credential.clock_skew_s;
  if (skew !== null && Math.abs(skew) >= SKEW_S)
    facts.push({ label: text.clock, value: text.skew(skew), source: "answer" });
  for (const limit of credential.limits)
    facts.push({
      label: limit.label,
      value: limitText(limit),
      source: limit.verified ? "docs" : "unconfirmed",
    });
  return facts;
}
