/** The gallery's scenes: each a backend in a state worth looking at. */
import { RecordedBackend } from "../recorded";
import { failure } from "./answers";
import { demoCredentials, keysShownOnce, make } from "./credentials";
import { canaries, trashedCanaries } from "./canary";
import { manyEntries } from "./asked";
import { hostile, limited, redirected, type Said } from "./said";
import { manyCredentials, manyDue } from "./many";

const now = Date.now();

function withFailure(
  command: Parameters<RecordedBackend["fail"]>[0],
  ...error: Parameters<typeof failure>
): RecordedBackend {
  const backend = new RecordedBackend();
  backend.fail(command, failure(...error));
  return backend;
}

/** Whatever is sent, this is answered. */
function answering({ answer, body, mediaType }: Said): RecordedBackend {
  const backend = new RecordedBackend();
  backend.tester_send = () => Promise.resolve(backend.given(answer, body, mediaType));
  return backend;
}

export const scenes: Record<string, () => RecordedBackend> = {
  full: () => new RecordedBackend(),
  "answer-limited": () => answering(limited(Date.now())),
  "answer-hostile": () => {
    const backend = answering(hostile());
    backend.exchanges.set("deepvue/main", manyEntries(now));
    return backend;
  },
  "answer-redirected": () => answering(redirected()),
  empty: () => new RecordedBackend({ credentials: [] }),
  once: () => new RecordedBackend({ credentials: keysShownOnce(now) }),
  asking: () => {
    const backend = new RecordedBackend({ credentials: keysShownOnce(now) });
    backend.settings.security.passphrase_before_reveal = true;
    return backend;
  },
  absent: () => new RecordedBackend({ state: "absent" }),
  locked: () => new RecordedBackend({ state: "locked" }),
  "locked-keyring": () => new RecordedBackend({ state: "locked", protect: "keyring" }),
  quarantined: () => new RecordedBackend({ state: "quarantined" }),
  many: () => new RecordedBackend({ credentials: manyCredentials(now, 1_000) }),
  lanes: () => new RecordedBackend({ credentials: manyDue(now, 10_000) }),
  calm: () =>
    new RecordedBackend({
      credentials: demoCredentials(now)
        .filter((one) => one.ref === "deepcurrent/reports" || one.ref === "deepvue/main")
        .map((one) => ({ ...one, owner: "Data platform" })),
    }),
  undated: () =>
    new RecordedBackend({
      credentials: demoCredentials(now).filter((one) => one.provider === "deeply"),
    }),
  silent: () => {
    const backend = new RecordedBackend();
    const problem = "no notification service answers on the session bus";
    backend.reminders.inbox = { ...backend.reminders.inbox, problem };
    return backend;
  },
  tampered: () => {
    const backend = new RecordedBackend();
    backend.journal.problem = "an entry was changed, left out, put in or moved";
    return backend;
  },
  "screens-down": () => {
    const backend = new RecordedBackend();
    const lost = failure("agent_unreachable", "the agent did not answer");
    for (const command of ["show_timeline", "show_health", "show_inbox", "show_settings"] as const)
      backend.fail(command, lost);
    backend.fail("show_reminder_settings", lost);
    backend.fail("export_calendar", failure("not_saved", "the disk is full"));
    return backend;
  },
  unreachable: () =>
    withFailure("show_status", "agent_unreachable", "the program 'keyturn' was not found"),
  newer: () =>
    withFailure(
      "show_status",
      "vault_newer",
      "the vault file has format 3, and this version reads up to 1",
    ),
  "provider-down": () => {
    const backend = withFailure(
      "send_request",
      "network",
      "production.deepvue.tech cannot be reached: the connection was refused",
    );
    backend.fail("renew_token", failure("timeout", "the provider did not answer within 15 s"));
    return backend;
  },
  limits: () => {
    const backend = new RecordedBackend();
    const limit = { plan: null, scope: "account", burst: null, verified: true } as const;
    const free = (seconds: number): string => new Date(now + seconds * 1_000).toISOString();
    backend.credentials = backend.credentials.map((one) => ({
      ...one,
      limits: [
        { ...limit, label: "Requests", window: "second", limit: 10, used: 2, resets_at: free(300) },
        { ...limit, label: "Requests", window: "day", limit: 500, used: 500, resets_at: free(900) },
      ],
    }));
    return backend;
  },
  canary: () => {
    const backend = new RecordedBackend({ credentials: canaries(now) });
    backend.trash.removed = [];
    for (const one of trashedCanaries(now)) backend.trash.remove(one);
    return backend;
  },
  hostile: () =>
    new RecordedBackend({
      credentials: [
        make(now, {
          provider: "deepvue",
          providerName: "Deepvue",
          name: "n".repeat(500),
          owner: "מחלקת אבטחת מידע",
          note: `فريق التحقق — ${"supercalifragilistic".repeat(20)}\n<img src=x onerror=alert(1)>`,
          environment: "environment-with-a-very-long-name-that-nobody-would-choose-but-could",
          secrets: { client_secret: "<b>x" },
          open: { client_id: "x".repeat(300) },
          dueInDays: -4_000,
        }),
        make(now, {
          provider: "acme",
          providerName: "ACME",
          name: "\u202Emain",
          secrets: { key: null },
        }),
      ],
    }),
};
