/**
 * A backend that answers from memory: for tests, and for looking at every screen in a plain browser.
 * Never part of the app: nothing that main.ts or reveal.ts reaches imports it.
 */
import type { Ipc, RevealIpc, ShellEvent, Unsubscribe } from "./contract";
import { answers, failure } from "./recorded/answers";
import { demoCredentials, make } from "./recorded/credentials";
import providerViews from "./recorded/providers.json";
import type {
  AddCredential,
  ApiError,
  CaptureAnswer,
  CopyAnswer,
  CredentialDetail,
  ProtectionMode,
  ProviderSummary,
  ProviderView,
  RenewedToken,
  Revealed,
  SavedRecovery,
  SendRequest,
  SendRequestAnswer,
  StatusAnswer,
  VaultMade,
  VaultState,
} from "./types";

type CommandName = Exclude<keyof (Ipc & RevealIpc), "subscribe">;

export interface Setting {
  state?: VaultState;
  protect?: ProtectionMode;
  credentials?: CredentialDetail[];
  now?: number;
}

export class RecordedBackend implements Ipc, RevealIpc {
  /** The passphrase that opens it, and the end of its recovery key. */
  static readonly PASSPHRASE = "correct horse battery staple";
  static readonly TAIL = "q7m2xd";

  /** Each call with its argument, in order. */
  readonly calls: { command: CommandName; call: unknown }[] = [];
  credentials: CredentialDetail[];
  state: VaultState;
  protect: ProtectionMode;
  revealed: Revealed = { title: "", value: "", seconds: 15 };
  private readonly failures = new Map<CommandName, ApiError>();
  private readonly listeners = new Set<(event: ShellEvent) => void>();
  private readonly now: () => number;
  private wrong = 0;

  constructor(setting: Setting = {}) {
    this.now = () => setting.now ?? Date.now();
    this.state = setting.state ?? "unlocked";
    this.protect = setting.protect ?? "both";
    this.credentials = setting.credentials ?? demoCredentials(this.now());
  }

  /** Has a command fail until {@link mend}. */
  fail(command: CommandName, error: ApiError): void {
    this.failures.set(command, error);
  }

  mend(command: CommandName): void {
    this.failures.delete(command);
  }

  /** Tells what the agent, or the shell, would tell. */
  emit(event: ShellEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  called(command: CommandName): unknown[] {
    return this.calls.filter((call) => call.command === command).map(({ call }) => call);
  }

  subscribe(listener: (event: ShellEvent) => void): Promise<Unsubscribe> {
    this.listeners.add(listener);
    return Promise.resolve(() => this.listeners.delete(listener));
  }

  show_status = () =>
    this.answer("show_status", null, (): StatusAnswer => {
      const open = this.state === "unlocked" || this.state === "quarantined";
      return {
        state: this.state,
        agent: { pid: 4_711 },
        vault: {
          path: "/home/maya/.local/share/keyturn/vault.kyt",
          credentials: open ? this.credentials.length : null,
          generation: open ? 41 : null,
        },
        protect: this.state === "absent" ? null : this.protect,
      };
    });

  init_vault = (call: Parameters<Ipc["init_vault"]>[0]) =>
    this.answer("init_vault", call, (): VaultMade => {
      this.protect = call.protect ?? "both";
      this.state = "unlocked";
      this.emit("unlocked");
      return { protect: this.protect };
    });

  save_recovery_key = () =>
    this.answer("save_recovery_key", null, (): SavedRecovery => ({
      path: "/home/maya/Documents/keyturn-recovery-key.txt",
    }));

  show_recovery_key = () => this.answer("show_recovery_key", null, () => undefined);

  confirm_recovery_key = (call: { tail: string }) =>
    this.answer("confirm_recovery_key", call, () => call.tail === RecordedBackend.TAIL);

  unlock_vault = (call: Parameters<Ipc["unlock_vault"]>[0]) =>
    this.answer("unlock_vault", call, () => {
      if (call.passphrase !== null && call.passphrase !== RecordedBackend.PASSPHRASE) {
        this.wrong += 1;
        if (this.wrong % 2 === 0)
          throw failure(
            "too_many_attempts",
            "the vault does not listen for a moment after a wrong attempt",
            "Try again in 8 s.",
          );
        throw failure("wrong_key", "the vault does not open with what was given");
      }
      this.state = "unlocked";
      this.emit("unlocked");
    });

  lock_vault = () =>
    this.answer("lock_vault", null, () => {
      this.state = "locked";
      this.emit("locked");
    });

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

  list_credentials = () => this.answer("list_credentials", null, () => [...this.credentials]);

  show_credential = (call: { reference: string }) =>
    this.answer("show_credential", call, () => this.find(call.reference));

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
        secrets: Object.fromEntries(tails),
        open: call.fields,
      });
      this.put(added);
      return added;
    });

  capture_key = (call: { reference: string; value: string | null }) =>
    this.answer("capture_key", call, (): CaptureAnswer => {
      const last = (call.value ?? "dc_from_the_clipboard_Wk55").slice(-4);
      const [provider = "", name = ""] = call.reference.split("/");
      const providerName = this.views().find((view) => view.id === provider)?.name ?? provider;
      const secrets = { api_key: last };
      this.put(make(this.now(), { provider, providerName, name, secrets, reveal: "captured" }));
      return { stored: `${call.reference}/api_key`, last_four: last, safe_to_close: true };
    });

  remove_credential = (call: { reference: string }) =>
    this.answer("remove_credential", call, () => {
      this.credentials = this.credentials.filter((one) => one.ref !== call.reference);
      this.emit({ credential_changed: call.reference });
    });

  copy_secret = (call: Parameters<Ipc["copy_secret"]>[0]) =>
    this.answer("copy_secret", call, (): CopyAnswer => {
      const [provider, name, part] = call.target.split("/");
      const credential = this.find(`${provider ?? ""}/${name ?? ""}`);
      const key = credential.fields.find((field) => field.secret)?.name ?? "token";
      const named = part ?? (credential.token.state === "none" ? key : "token");
      return {
        copied: `${credential.ref}/${named}`,
        clears_in_s: call.clear_after_s,
        expires_at: credential.token.expires_at,
        warnings:
          call.format === "javascript"
            ? ["Code in a browser is everybody's: keep this on a server."]
            : [],
      };
    });

  renew_token = (call: { reference: string }) =>
    this.answer("renew_token", call, (): RenewedToken => {
      const credential = this.find(call.reference);
      const now = this.now();
      const expires_at = new Date(now + 86_400_000).toISOString();
      const issued_at = new Date(now).toISOString();
      const token = {
        state: "fresh" as const,
        issued_at,
        expires_at,
        expires_in_s: 86_400,
        source: "response_field" as const,
      };
      this.put({ ...credential, token });
      return { expires_at, source: token.source, reused: false };
    });

  send_request = (call: SendRequest) =>
    this.answer("send_request", call, (): SendRequestAnswer => {
      const found = answers[call.sample ?? ""];
      if (found === undefined) throw failure("not_found", "there is no such sample");
      return found();
    });

  open_reveal = (call: { target: string }) => this.answer("open_reveal", call, () => undefined);
  take_reveal = () => this.answer("take_reveal", null, () => this.revealed);
  close_reveal = () => this.answer("close_reveal", null, () => undefined);
  app_info = () => this.answer("app_info", null, () => ({ version: "0.1.0", platform: "linux" }));

  private views(): ProviderView[] {
    return providerViews;
  }

  private find(reference: string): CredentialDetail {
    const found = this.credentials.find((one) => one.ref === reference);
    if (found === undefined)
      throw failure("not_found", `there is no credential called '${reference}'`);
    return found;
  }

  private put(credential: CredentialDetail): void {
    const others = this.credentials.filter((one) => one.ref !== credential.ref);
    this.credentials = [...others, credential].sort((a, b) => a.ref.localeCompare(b.ref));
    this.emit({ credential_changed: credential.ref });
  }

  private async answer<T>(command: CommandName, call: unknown, work: () => T): Promise<T> {
    this.calls.push({ command, call: structuredClone(call) });
    await Promise.resolve();
    const planned = this.failures.get(command);
    if (planned !== undefined) throw planned;
    // A copy, as everything that crosses the real door.
    return structuredClone(work());
  }
}
