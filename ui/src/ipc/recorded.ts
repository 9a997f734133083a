/**
 * A backend that answers from memory: for tests, and for looking at every screen in a plain browser.
 * Never part of the app: nothing that main.ts or reveal.ts reaches imports it.
 */
import type { ConsentIpc, Ipc, RevealIpc } from "./contract";
import { answers, failure } from "./recorded/answers";
import { CLIPBOARD, marked, markedDetail, RecordedCaptures } from "./recorded/captures";
import { demoQuestion } from "./recorded/consent";
import type { Setting } from "./recorded/core";
import { make, noToken } from "./recorded/credentials";
import { edited } from "./recorded/edited";
import { explained } from "./recorded/explain";
import { healthOf, timelineOf } from "./recorded/lanes";
import { RecordedPastes } from "./recorded/paste";
import { RecordedHistory } from "./recorded/history";
import { RecordedJournal } from "./recorded/journal";
import { RecordedReminders } from "./recorded/reminders";
import { RecordedRotations } from "./recorded/rotations";
import { RecordedApp } from "./recorded/app";
import { warned } from "./recorded/countdown";
import { RecordedRules } from "./recorded/rules";
import { RecordedSettings } from "./recorded/settings";
import { RecordedTester } from "./recorded/tester";
import { RecordedTrash } from "./recorded/trash";
import { decodedOf, usageOf } from "./recorded/usage";
import type {
  AddCredential,
  AdvanceRotation,
  Annotation,
  CaptureAnswer,
  ConsentAnswer,
  ConsentQuestion,
  CopyAnswer,
  CredentialDetail,
  EditAllowList,
  EditConsumers,
  ExplainAnswer,
  EditCredential,
  EmptyTrash,
  ListJournal,
  MarkInboxRead,
  Opening,
  Preferences,
  ProviderSummary,
  ProviderView,
  RenewedToken,
  RestoreCredential,
  RestoreVersion,
  Revealed,
  SendRequest,
  SendRequestAnswer,
  SetReminderSettings,
  SetSettings,
  SetTokenEnd,
  SnoozeReminder,
  TickChecklist,
} from "./types";

export type { Setting };

export class RecordedBackend extends RecordedTester implements Ipc, RevealIpc, ConsentIpc {
  readonly rotations = new RecordedRotations({
    now: () => this.now(),
    find: (reference) => this.find(reference),
    put: (credential) => this.put(credential),
  });
  reminders: RecordedReminders;
  readonly rules = new RecordedRules();
  readonly settings = new RecordedSettings();
  readonly trash: RecordedTrash;
  journal: RecordedJournal;
  readonly history = new RecordedHistory({
    now: () => this.now(),
    find: (reference) => this.find(reference),
    put: (credential) => this.put(credential),
    journal: () => this.journal,
  });
  readonly app = new RecordedApp();
  readonly captures = new RecordedCaptures();
  readonly pastes = new RecordedPastes();
  revealed: Revealed = { title: "", value: "", seconds: 15, kit: null };

  constructor(setting: Setting = {}) {
    super(setting);
    this.reminders = RecordedReminders.of(this.credentials, this.now());
    this.journal = new RecordedJournal(this.credentials, this.now());
    this.trash = new RecordedTrash({
      now: this.now,
      knows: (reference) => this.known(reference) !== undefined,
      put: (credential) => this.put(credential),
      tell: (reference) => this.emit({ credential_changed: reference }),
    });
  }

  /** With the times at which its token is soon over. */
  private warned(credential: CredentialDetail): CredentialDetail {
    const { countdown } = this.reminders.settings;
    return { ...credential, token: warned(credential.token, countdown) };
  }

  list_providers = () =>
    this.answer("list_providers", null, (): ProviderSummary[] =>
      this.views().map(({ id, name, summary, own, state }) => ({ id, name, summary, own, state })),
    );

  show_provider = (call: { id: string }) =>
    this.answer("show_provider", call, (): ProviderView => {
      const view = this.views().find((provider) => provider.id === call.id);
      if (view === undefined) throw failure("not_found", `there is no provider '${call.id}'`);
      return view;
    });

  list_credentials = () =>
    this.answer("list_credentials", null, () => this.credentials.map((one) => this.warned(one)));

  show_credential = (call: { reference: string }) =>
    this.answer("show_credential", call, () => this.warned(this.find(call.reference)));

  list_due = (call: { within_days: number }) => this.answer("list_due", call, () => []);

  add_credential = (call: AddCredential) =>
    this.answer("add_credential", call, () => {
      const tails = Object.entries(call.secrets).map(
        ([name, value]) => [name, value.length >= 12 ? value.slice(-4) : null] as const,
      );
      const added = make(this.now(), {
        provider: call.provider,
        providerName: this.views().find((view) => view.id === call.provider)?.name ?? call.provider,
        name: call.name,
        environments: call.environments,
        environment: call.environments[0] ?? "production",
        secrets: {
          ...(call.from_paste ? this.pastes.take(call.from_paste) : {}),
          ...Object.fromEntries(tails),
        },
        open: call.fields,
        ...marked(call.mark),
      });
      this.put(added);
      return added;
    });

  recognize_paste = (call: { text: string }) =>
    this.answer("recognize_paste", call, () =>
      this.pastes.look(call.text, (reference) => this.known(reference) !== undefined),
    );

  explain_answer = (call: ExplainAnswer) =>
    this.answer("explain_answer", call, () =>
      explained(call, this.find(call.reference), this.now()),
    );

  check_capture = (call: { reference: string; value: string | null }) =>
    this.answer("check_capture", call, () =>
      this.captures.look(call.value ?? CLIPBOARD, this.known(call.reference)),
    );

  capture_key = (call: Parameters<Ipc["capture_key"]>[0]) =>
    this.answer("capture_key", call, (): CaptureAnswer => {
      const [provider = "", name = ""] = call.reference.split("/");
      const known = this.known(call.reference);
      const caught = this.captures.look(call.value ?? CLIPBOARD, known);
      if (!call.confirmed && caught.matches_known_last_four === false)
        throw failure("confirmation_needed", "you caught another key than the one that was known");
      const { reference } = call;
      const isNext = this.rotations.isUnderWay(reference);
      if (isNext) {
        const secrets = { api_key: caught.last_four ?? "" };
        this.rotations.advance({ reference, step: { store: { secrets } } });
      } else {
        const providerName = this.views().find((view) => view.id === provider)?.name ?? provider;
        const secrets = { api_key: caught.last_four };
        this.put(make(this.now(), { provider, providerName, name, secrets, reveal: "captured" }));
      }
      const { last_four, notes, duplicate_of, matches_known_last_four } = caught;
      const stored = `${call.reference}/${caught.field}`;
      const safe = { stored, last_four, safe_to_close: true, tested: null };
      return { ...safe, notes, duplicate_of, matches_known_last_four, is_next: isNext };
    });

  test_key = (call: { reference: string }) =>
    this.answer("test_key", call, () => this.captures.test);

  remove_credential = (call: { reference: string }) =>
    this.answer("remove_credential", call, () => {
      this.trash.remove(this.find(call.reference));
      this.credentials = this.credentials.filter((one) => one.ref !== call.reference);
      this.emit({ credential_changed: call.reference });
    });

  edit_credential = (call: EditCredential) =>
    this.answer("edit_credential", call, () => {
      const changed = edited(this.find(call.reference), call);
      if (changed.ref !== call.reference && this.known(changed.ref) !== undefined)
        throw failure("already_exists", `there is a credential called '${changed.ref}' already`);
      this.credentials = this.credentials.filter((one) => one.ref !== call.reference);
      this.put(changed);
      return changed;
    });

  list_trash = () => this.answer("list_trash", null, () => this.trash.list());
  restore_credential = (call: RestoreCredential) =>
    this.answer("restore_credential", call, () => this.trash.restore(call));
  empty_trash = (call: EmptyTrash) =>
    this.answer("empty_trash", call, () => this.trash.empty(call));
  show_history = (call: { reference: string }) =>
    this.answer("show_history", call, () => this.history.show(call.reference));
  restore_version = (call: RestoreVersion) =>
    this.answer("restore_version", call, () => this.history.restore(call));
  list_journal = (call: ListJournal) =>
    this.answer("list_journal", call, () => this.journal.page(call));
  verify_journal = () => this.answer("verify_journal", null, () => this.journal.proof());
  show_draft = () => this.answer("show_draft", null, () => ({ text: this.draft }));
  keep_draft = (call: { text: string | null }) =>
    this.answer("keep_draft", call, () => {
      if (this.state === "locked") throw failure("vault_locked", "the vault is locked");
      this.draft = call.text;
    });
  show_settings = () => this.answer("show_settings", null, () => this.settings.view());
  set_settings = (call: SetSettings) =>
    this.answer("set_settings", call, () => this.settings.set(call.security));

  copy_secret = (call: Parameters<Ipc["copy_secret"]>[0]) =>
    this.answer("copy_secret", call, (): CopyAnswer => {
      const [provider, name, part] = call.target.split("/");
      const credential = this.find(`${provider ?? ""}/${name ?? ""}`);
      const key = credential.fields.find((field) => field.secret)?.name ?? "token";
      const named = part ?? (usageOf(credential).bought === null ? key : "token");
      return {
        copied: `${credential.ref}/${named}`,
        clears_in_s: this.settings.view().security.clear_clipboard_after_s,
        expires_at: credential.token.expires_at,
        warnings: this.copyWarnings(credential, call, named),
      };
    });

  clear_clipboard = () =>
    this.answer("clear_clipboard", null, () => this.emit({ clipboard_released: "cleared" }));
  revoke_token = (call: { reference: string }) =>
    this.answer("revoke_token", call, () =>
      this.put({ ...this.find(call.reference), token: noToken }),
    );
  show_usage = (call: { reference: string }) =>
    this.answer("show_usage", call, () => usageOf(this.find(call.reference)));
  decode_token = (call: { reference: string }) =>
    this.answer("decode_token", call, () => decodedOf(this.find(call.reference)));
  set_token_end = (call: SetTokenEnd) =>
    this.answer("set_token_end", call, () => {
      const old = this.find(call.reference);
      const end = call.end;
      const known = { state: "fresh", expires_at: end, source: "user" } as const;
      const unknown = { state: "unknown", expires_at: null, source: "unknown" } as const;
      this.put({ ...old, token: { ...old.token, ...(end === null ? unknown : known) } });
      return this.find(call.reference);
    });

  renew_token = (call: { reference: string }) =>
    this.answer("renew_token", call, (): RenewedToken => {
      const credential = this.find(call.reference);
      const now = this.now();
      const expires_at = new Date(now + 86_400_000).toISOString();
      const issued_at = new Date(now).toISOString();
      const token = warned({
        state: "fresh" as const,
        issued_at,
        expires_at,
        expires_in_s: 86_400,
        source: "response_field" as const,
      });
      this.put({ ...credential, token });
      return { expires_at, source: token.source, reused: false };
    });

  send_request = (call: SendRequest) =>
    this.answer("send_request", call, (): SendRequestAnswer => {
      const found = answers[call.sample ?? ""];
      if (found === undefined) throw failure("not_found", "there is no such sample");
      return found();
    });

  annotate_credential = (call: Annotation) =>
    this.answer("annotate_credential", call, () => {
      const old = this.find(call.reference);
      const owner = call.owner ?? old.owner;
      const { fields, reveal } = call.mark ? markedDetail(this.now(), old, call.mark) : old;
      this.put({
        ...old,
        fields,
        reveal,
        owner: owner === "" ? null : owner,
        note: call.note ?? old.note,
      });
      return this.find(call.reference);
    });

  find_credentials = (call: { text: string }) =>
    this.answer("find_credentials", call, () => this.rotations.find(call.text));
  copy_text = (call: { text: string }) => this.answer("copy_text", call, () => undefined);
  show_rotation = (call: { reference: string }) =>
    this.answer("show_rotation", call, () => this.rotations.show(call.reference));
  advance_rotation = (call: AdvanceRotation) =>
    this.answer("advance_rotation", call, () => this.rotations.advance(call));
  show_consumers = (call: { reference: string }) =>
    this.answer("show_consumers", call, () => this.rotations.users(call.reference));
  edit_consumers = (call: EditConsumers) =>
    this.answer("edit_consumers", call, () => this.rotations.editUsers(call));

  show_allow_list = (call: { reference: string }) =>
    this.answer("show_allow_list", call, () => this.rules.list(call.reference));
  edit_allow_list = (call: EditAllowList) =>
    this.answer("edit_allow_list", call, () => this.rules.edit(call));
  show_checklist = (call: { reference: string }) =>
    this.answer("show_checklist", call, () => this.rules.checklist(call.reference));
  tick_checklist = (call: TickChecklist) =>
    this.answer("tick_checklist", call, () => this.rules.tick(call));

  list_reminders = () => this.answer("list_reminders", null, () => this.reminders.reminders);
  snooze_reminder = (call: SnoozeReminder) =>
    this.answer("snooze_reminder", call, () => this.reminders.snooze(call));
  acknowledge_reminder = (call: { reference: string }) =>
    this.answer("acknowledge_reminder", call, () => this.reminders.acknowledge(call.reference));
  show_inbox = () => this.answer("show_inbox", null, () => this.reminders.inbox);
  mark_inbox_read = (call: MarkInboxRead) =>
    this.answer("mark_inbox_read", call, () => this.reminders.markRead(call.ids));
  show_reminder_settings = () =>
    this.answer("show_reminder_settings", null, () => this.reminders.settings);
  set_reminder_settings = (call: SetReminderSettings) =>
    this.answer("set_reminder_settings", call, () => (this.reminders.settings = call.settings));
  export_calendar = (call: { with_names: boolean }) =>
    this.answer("export_calendar", call, () => ({ path: "/home/maya/Documents/keyturn.ics" }));
  show_timeline = () =>
    this.answer("show_timeline", null, () =>
      timelineOf(this.credentials, this.now(), this.reminders.reminders),
    );
  show_health = () =>
    this.answer("show_health", null, () => healthOf(this.credentials, this.now()));

  open_reveal = (call: Parameters<Ipc["open_reveal"]>[0]) =>
    this.answer("open_reveal", call, () => {
      if (this.settings.security.passphrase_before_reveal) {
        if (call.passphrase === null)
          throw failure("passphrase_first", "the passphrase is asked for before a key is shown");
        this.prove(call.passphrase);
      }
      const [provider, name] = call.target.split("/");
      const shownOnce = this.known(`${provider}/${name}`)?.reveal.state === "captured";
      if (shownOnce && !call.confirmed)
        throw failure("confirmation_needed", "showing it needs a second yes");
    });
  question: ConsentQuestion = demoQuestion();
  take_consent = () => this.answer("take_consent", null, () => this.question);
  answer_consent = (call: { answer: ConsentAnswer }) =>
    this.answer("answer_consent", call, () => undefined);
  take_reveal = () => this.answer("take_reveal", null, () => this.revealed);
  close_reveal = () => this.answer("close_reveal", null, () => undefined);
  opened: Opening = { reference: null, palette: false };
  opened_for = () => this.answer("opened_for", null, () => this.opened);
  show_preferences = () => this.answer("show_preferences", null, () => this.app.preferencesView());
  set_preferences = (call: { preferences: Preferences }) =>
    this.answer("set_preferences", call, () => this.app.setPreferences(call.preferences));
  show_shortcut = () => this.answer("show_shortcut", null, () => this.app.shortcut);
  set_shortcut = (call: { keys: string }) =>
    this.answer("set_shortcut", call, () => this.app.setShortcut(call.keys));
  show_share_safe = () => this.answer("show_share_safe", null, () => this.app.shareSafe);
  set_share_safe = (call: { on: boolean }) =>
    this.answer("set_share_safe", call, () => {
      if (this.app.shareSafe !== call.on) this.emit({ share_safe: call.on });
      return (this.app.shareSafe = call.on);
    });
  show_autostart = () => this.answer("show_autostart", null, () => this.app.autostart);
  set_autostart = (call: { on: boolean }) =>
    this.answer("set_autostart", call, () => this.app.setAutostart(call.on));
  close_window = () =>
    this.answer("close_window", null, () => {
      if (this.app.explainsClosing()) this.emit({ window: "closing" });
    });
  quit = () => this.answer("quit", null, () => undefined);
  app_info = () => this.answer("app_info", null, () => this.app.info);

  private copyWarnings(
    credential: CredentialDetail,
    call: Parameters<Ipc["copy_secret"]>[0],
    part: string,
  ): string[] {
    const { client_side_warning, only_buy } = usageOf(credential);
    if (call.with_key) return ["A long-lived secret is in it: keep it out of chats and tickets."];
    if (call.format === "javascript") return [client_side_warning];
    if (only_buy.includes(part))
      return ["It only buys tokens: give programs the token, and this to nobody."];
    return [];
  }
}
