/** What the recorded backend recognises in a paste: enough for each screen; the agent knows much more. */
import type {
  FromPaste,
  PastedField,
  PasteKind,
  PasteSuggestion,
  PasteView,
  TargetRef,
} from "../types";
import { failure } from "./answers";

function secret(name: string, label: string, value: string): PastedField {
  const last_four = value.length >= 12 ? value.slice(-4) : null;
  return { name, label, secret: true, value: null, last_four, length: value.length };
}

function open(name: string, label: string, value: string): PastedField {
  return { name, label, secret: false, value, last_four: null, length: null };
}

const nothing: PasteView = {
  kind: "unknown",
  suggestions: [],
  separate: false,
  reference: null,
  reference_known: false,
  jwt: null,
  notes: [],
  left_over: 0,
};

export class RecordedPastes {
  /** Said of every suggestion from now on. */
  facts: Partial<PasteSuggestion> = {};
  /** The values behind the tickets, by their last four alone. */
  private readonly held = new Map<string, PastedField[]>();
  private number = 0;

  look(text: string, known: (reference: string) => boolean): PasteView {
    if (text.length > 64 * 1024)
      throw failure(
        "invalid_input",
        "what was pasted is longer than 64 KiB",
        "Paste one key, one `.env` file or one command at a time.",
      );
    const bare = text.trim();
    if (bare.startsWith("keyturn://")) return this.reference(bare, known);
    if (bare.startsWith("eyJ")) return this.jwt(bare);
    if (bare.startsWith("curl ")) return this.command(bare);
    if (/^\w+=/.test(bare)) return this.variables(bare);
    if (bare.startsWith("dc_"))
      return this.read("key", [
        this.one("deepcurrent", "DeepCurrent", [secret("api_key", "API key", bare)], {
          sure: "likely",
          why: "It begins like the API key of DeepCurrent.",
        }),
      ]);
    if (/\s/.test(bare) || bare.length < 8) return nothing;
    return this.read("unknown", this.generic(bare));
  }

  /** The secrets of a ticket; it is void afterwards. */
  take(from: FromPaste): Record<string, string | null> {
    const held = this.held.get(from.ticket);
    if (held === undefined)
      throw failure(
        "not_found",
        "what was pasted is not kept any more",
        "Paste it once more: values are kept for five minutes, until they are used or the vault is locked.",
      );
    this.held.delete(from.ticket);
    const taken = held.filter((field) => field.secret && from.fields.includes(field.name));
    return Object.fromEntries(taken.map((field) => [field.name, field.last_four]));
  }

  private read(kind: PasteKind, suggestions: PasteSuggestion[]): PasteView {
    return { ...nothing, kind, suggestions: suggestions.map((one) => ({ ...one, kind })) };
  }

  private one(
    provider: string,
    provider_name: string,
    fields: PastedField[],
    more: Partial<PasteSuggestion>,
  ): PasteSuggestion {
    this.number += 1;
    const ticket = this.number.toString(16).padStart(32, "0");
    this.held.set(ticket, fields);
    return {
      ticket,
      provider,
      provider_name,
      kind: "key",
      name: null,
      environment: null,
      fields,
      missing: [],
      expires_at: null,
      why: "It goes to a host of the provider.",
      sure: "certain",
      duplicate_of: null,
      ...more,
      ...this.facts,
    };
  }

  private generic(value: string, expires_at: string | null = null): PasteSuggestion[] {
    const why = "Nothing tells whose it is: you say which host it is for.";
    const more = { missing: ["host"], sure: "possible" as const, why, expires_at };
    return [
      this.one("generic-bearer", "Bearer token", [secret("bearer_token", "Token", value)], more),
      this.one(
        "generic-api-key",
        "API key in a header",
        [secret("api_key", "API key", value)],
        more,
      ),
    ];
  }

  private reference(text: string, known: (reference: string) => boolean): PasteView {
    const reference: TargetRef = text.slice("keyturn://".length);
    const [provider = "", name = ""] = reference.split("/");
    const reference_known = known(`${provider}/${name}`);
    return { ...nothing, kind: "reference", reference, reference_known };
  }

  private jwt(text: string): PasteView {
    const expires_at = "2030-01-01T00:00:00Z";
    const facts = { algorithm: "HS256", issuer: "https://login.northwind.example", expires_at };
    const jwt = { ...facts, issued_at: "2026-01-01T00:00:00Z" };
    return { ...this.read("jwt", this.generic(text, expires_at).slice(0, 1)), jwt };
  }

  private command(text: string): PasteView {
    const value = /x-api-key: ([^'"\s]+)/.exec(text)?.[1] ?? "key-0123456789-7x9z";
    const why = "It goes to a host of deepidv.";
    const environment = "production";
    return this.read("command", [
      this.one("deepidv", "deepidv", [secret("api_key", "API key", value)], { why, environment }),
    ]);
  }

  private variables(text: string): PasteView {
    const lines = text.split("\n").map((line) => line.split("="));
    const all = new Map(lines.map(([name = "", value = ""]) => [name, value]));
    const found: PasteSuggestion[] = [];
    const id = all.get("DEEPVUE_CLIENT_ID");
    const client = all.get("DEEPVUE_CLIENT_SECRET");
    if (client !== undefined) {
      const fields = id === undefined ? [] : [open("client_id", "Client id", id)];
      const missing = id === undefined ? ["client_id"] : [];
      fields.push(secret("client_secret", "Client secret", client));
      const why = "It has the variables DEEPVUE_CLIENT_ID and DEEPVUE_CLIENT_SECRET of Deepvue.";
      found.push(this.one("deepvue", "Deepvue", fields, { missing, why }));
    }
    for (const [name, value] of all)
      if (name.endsWith("DEEPIDV_API_KEY")) {
        const said = name.replace(/_?DEEPIDV_API_KEY$/, "").toLowerCase();
        const fields = [secret("api_key", "API key", value)];
        const why = "It has the variable DEEPIDV_API_KEY of deepidv.";
        const sure = said === "" ? "certain" : "likely";
        found.push(this.one("deepidv", "deepidv", fields, { why, name: said || null, sure }));
      }
    const left_over = [...all.keys()].filter((name) => name.endsWith("_PASSWORD")).length;
    const separate = found.length > 1;
    return { ...this.read("variables", found), separate, left_over };
  }
}
