/** What the recorded backend answers about the settings inside the vault. */
import type { SecuritySettings, SettingsView } from "../types";
import { failure } from "./answers";

export class RecordedSettings {
  /** Why it cannot be told when the machine sleeps, where a test wants it so. */
  problem: string | null = null;
  /** Why the passphrase cannot be asked for, where a test wants it so. */
  passphraseProblem: string | null = null;
  security: SecuritySettings = {
    lock_after_s: 600,
    lock_on_sleep: true,
    lock_on_screen_lock: true,
    clear_clipboard_after_s: 20,
    reveal_s: 15,
    passphrase_before_reveal: false,
    daily_check: false,
  };

  view(): SettingsView {
    return {
      security: this.security,
      trash_days: 30,
      longest_open_s: 43_200,
      signals_problem: this.problem,
      passphrase_problem: this.passphraseProblem,
    };
  }

  set(security: SecuritySettings): SettingsView {
    const { lock_after_s, clear_clipboard_after_s: clear } = security;
    if (lock_after_s !== null && (lock_after_s < 60 || lock_after_s > 43_200))
      throw failure(
        "invalid_input",
        `the vault locks after 1 minute to 12 hours without use, and not after ${lock_after_s} s`,
      );
    if (clear < 5 || clear > 3_600)
      throw failure(
        "invalid_input",
        `the clipboard is cleared after 5 s to 1 hour, and not after ${clear} s`,
      );
    if (security.reveal_s < 3 || security.reveal_s > 120)
      throw failure(
        "invalid_input",
        `a secret is shown for 3 to 120 s, and not for ${security.reveal_s} s`,
      );
    if (security.passphrase_before_reveal && this.passphraseProblem !== null)
      throw failure("invalid_input", this.passphraseProblem);
    this.security = { ...security };
    return this.view();
  }
}
