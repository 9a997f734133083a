/**
 * Where the window stands: making a vault, locked, open, or without an agent. Everything else is
 * shown or emptied by what stands here.
 */
import { ipc, type ProtectionMode, type ShellEvent, type StatusAnswer } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { drafts } from "../drafts/drafts.svelte";

export type Stage = "starting" | "failed" | "absent" | "recovery" | "locked" | "open";
export type LockReason = keyof typeof words.lock.reasons;

class Session {
  stage = $state<Stage>("starting");
  protect = $state<ProtectionMode | null>(null);
  readOnly = $state(false);
  failure = $state<Failure | null>(null);
  lockReason = $state<LockReason>("start");
  agentLost = $state(false);
  /** Whether a new vault's recovery key waits to be confirmed. */
  recoveryPending = $state(false);
  private lockingHere = false;
  /** Whether Keyturn ends: nothing is asked any more, since a call would start the agent again. */
  private quitting = false;
  private making = false;

  /** Asks the agent how things stand, and shows it. */
  async refresh(): Promise<void> {
    try {
      const status = await ipc().show_status();
      this.show(status, await this.mayUse(status));
      this.agentLost = false;
    } catch (error) {
      const failure = asFailure(error);
      if (this.stage === "open" || this.stage === "locked") this.agentLost = true;
      else {
        this.failure = failure;
        this.stage = "failed";
      }
    }
  }

  /** Whether this window may use the vault: unlocked elsewhere, it is open for that program alone. */
  private async mayUse(status: StatusAnswer): Promise<boolean> {
    if (status.state !== "unlocked" && status.state !== "quarantined") return true;
    try {
      await ipc().list_due({ within_days: 0 });
    } catch (error) {
      return asFailure(error).code !== "no_consent";
    }
    return true;
  }

  private show(status: StatusAnswer, mayUse: boolean): void {
    this.protect = status.protect;
    this.failure = null;
    this.readOnly = status.state === "quarantined";
    if (status.state === "absent") this.stage = "absent";
    else if (status.state === "locked") {
      this.close();
      this.noteReason(status);
    } else if (!mayUse) {
      this.close();
      this.lockReason = "notHere";
    } else if (this.stage !== "recovery") this.stage = "open";
  }

  /** Why it is locked, where the agent knows it better than this window. */
  private noteReason({ agent }: StatusAnswer): void {
    if (agent.updated === true) this.lockReason = "updated";
    else if (agent.locked_by !== undefined && agent.locked_by !== "user")
      this.lockReason = agent.locked_by;
  }

  /** The page is empty already: what is asked now is the word above the field alone. */
  private async learnReason(): Promise<void> {
    const status = await ipc()
      .show_status()
      .catch(() => null);
    if (status?.state === "locked" && this.stage === "locked") this.noteReason(status);
  }

  private close(): void {
    if (this.stage === "open") this.lockReason = this.lockingHere ? "you" : "elsewhere";
    this.lockingHere = false;
    this.stage = "locked";
  }

  async makeVault(protect: ProtectionMode, passphrase: string | null): Promise<void> {
    // The agent tells of the unlocked vault before it answers; the recovery key comes first.
    this.making = true;
    try {
      const made = await ipc().init_vault({ protect, passphrase });
      this.protect = made.protect;
      this.recoveryPending = true;
      this.stage = "recovery";
    } finally {
      this.making = false;
    }
  }

  async confirmRecovery(tail: string): Promise<boolean> {
    const right = await ipc().confirm_recovery_key({ tail });
    if (right) {
      this.recoveryPending = false;
      this.stage = "open";
    }
    return right;
  }

  postponeRecovery(): void {
    this.stage = "open";
  }

  resumeRecovery(): void {
    this.stage = "recovery";
  }

  async unlock(secret: { passphrase?: string; recovery_key?: string }): Promise<void> {
    await ipc().unlock_vault({
      passphrase: secret.passphrase ?? null,
      recovery_key: secret.recovery_key ?? null,
    });
    await this.refresh();
  }

  async lock(): Promise<void> {
    this.lockingHere = true;
    try {
      await drafts.write();
      await ipc().lock_vault();
      this.close();
    } catch (error) {
      this.lockingHere = false;
      const failure = asFailure(error);
      toasts.fail(failure);
    }
  }

  /** Follows what the shell tells. */
  async heard(event: ShellEvent): Promise<void> {
    if (event === "locked") {
      if (this.stage === "absent") return;
      this.close();
      if (!this.quitting) await this.learnReason();
    } else if (event === "quit") {
      this.quitting = true;
    } else if (event === "unlocked") {
      if (!this.making) await this.refresh();
    } else if (typeof event === "object" && "agent" in event) {
      if (event.agent === "lost") this.agentLost = true;
      else {
        await this.refresh();
        toasts.show(words.agent.back);
      }
    }
  }
}

export const session = new Session();
