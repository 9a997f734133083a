/** The vault of the recorded backend: made, locked and opened, with its recovery key. */
import type { Ipc } from "../contract";
import type { CopiedFor, LockedBy, SavedRecovery, StatusAnswer, VaultMade } from "../types";
import { failure } from "./answers";
import { RecordedCore } from "./core";

export class RecordedVault extends RecordedCore {
  /** The passphrase that opens it, and the end of its recovery key. */
  static readonly PASSPHRASE = "correct horse battery staple";
  static readonly TAIL = "q7m2xd";

  /** Whether the agent took the place of an older one. */
  updated = false;
  /** Why the agent locked it. */
  lockedBy: LockedBy | null = null;
  /** What the user was writing. */
  draft: string | null = null;
  private wrong = 0;

  show_status = () =>
    this.answer("show_status", null, (): StatusAnswer => {
      const open = this.state === "unlocked" || this.state === "quarantined";
      return {
        state: this.state,
        agent: {
          pid: 4_711,
          updated: this.updated,
          ...(open || this.lockedBy === null ? {} : { locked_by: this.lockedBy }),
        },
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

  copy_recovery_key = () =>
    this.answer("copy_recovery_key", null, (): CopiedFor => ({ clears_in_s: 20 }));

  show_recovery_key = (call: { to_print: boolean }) =>
    this.answer("show_recovery_key", call, () => undefined);

  confirm_recovery_key = (call: { tail: string }) =>
    this.answer("confirm_recovery_key", call, () => call.tail === RecordedVault.TAIL);

  /** Every second wrong one has to wait. */
  protected prove(passphrase: string): void {
    if (passphrase === RecordedVault.PASSPHRASE) return;
    this.wrong += 1;
    if (this.wrong % 2 === 0)
      throw failure(
        "too_many_attempts",
        "the vault does not listen for a moment after a wrong attempt",
        "Try again in 8 s.",
      );
    throw failure("wrong_key", "the vault does not open with what was given");
  }

  unlock_vault = (call: Parameters<Ipc["unlock_vault"]>[0]) =>
    this.answer("unlock_vault", call, () => {
      if (call.passphrase !== null) this.prove(call.passphrase);
      this.state = "unlocked";
      this.emit("unlocked");
    });

  lock_vault = () =>
    this.answer("lock_vault", null, () => {
      this.state = "locked";
      this.emit("locked");
    });
}
