/** What every command of the recorded backend stands on: the credentials, the calls, planned failures. */
import type { ConsentIpc, Ipc, RevealIpc, ShellEvent, Unsubscribe } from "../contract";
import { failure } from "./answers";
import { demoCredentials } from "./credentials";
import providerViews from "./providers.json";
import type {
  ApiError,
  CredentialDetail,
  ProtectionMode,
  ProviderView,
  VaultState,
} from "../types";

export type CommandName = Exclude<keyof (Ipc & RevealIpc & ConsentIpc), "subscribe">;

export interface Setting {
  state?: VaultState;
  protect?: ProtectionMode;
  credentials?: CredentialDetail[];
  now?: number;
}

export class RecordedCore {
  /** Each call with its argument, in order. */
  readonly calls: { command: CommandName; call: unknown }[] = [];
  credentials: CredentialDetail[];
  state: VaultState;
  protect: ProtectionMode;
  protected readonly now: () => number;
  private readonly failures = new Map<CommandName, ApiError>();
  private readonly listeners = new Set<(event: ShellEvent) => void>();

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

  protected views(): ProviderView[] {
    return providerViews as ProviderView[];
  }

  protected known(reference: string): CredentialDetail | undefined {
    return this.credentials.find((one) => one.ref === reference);
  }

  protected find(reference: string): CredentialDetail {
    const found = this.credentials.find((one) => one.ref === reference);
    if (found === undefined)
      throw failure("not_found", `there is no credential called '${reference}'`);
    return found;
  }

  protected put(credential: CredentialDetail): void {
    const others = this.credentials.filter((one) => one.ref !== credential.ref);
    this.credentials = [...others, credential].sort((a, b) => a.ref.localeCompare(b.ref));
    this.emit({ credential_changed: credential.ref });
  }

  protected async answer<T>(command: CommandName, call: unknown, work: () => T): Promise<T> {
    this.calls.push({ command, call: structuredClone(call) });
    await Promise.resolve();
    const planned = this.failures.get(command);
    if (planned !== undefined) throw planned;
    // A copy, as everything that crosses the real door.
    return structuredClone(work());
  }
}
