/** How the window ends: alone, which the first time is explained, or with everything. */
import { ipc } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";

class Closing {
  /** Whether the user is about to close it for the first time. */
  asking = $state(false);
  failure = $state<Failure | null>(null);

  /** Says what closing means; the shell asks for it where the user may not know. */
  ask(): void {
    this.failure = null;
    this.asking = true;
  }

  stay(): void {
    this.asking = false;
  }

  /** Closes the window. The shell asks back, once, where the user may not know what goes on. */
  async close(): Promise<void> {
    try {
      await ipc().close_window();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Closes it after all. What cannot be kept is said again the next time, and nothing worse. */
  async confirm(known: boolean): Promise<void> {
    if (known) await this.remember().catch(() => undefined);
    await this.close();
  }

  /** Ends window, agent and tray. */
  async quit(): Promise<void> {
    try {
      await ipc().quit();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    const failure = asFailure(error);
    if (this.asking) this.failure = failure;
    else toasts.fail(failure);
  }

  private async remember(): Promise<void> {
    const { preferences } = await ipc().show_preferences();
    await ipc().set_preferences({ preferences: { ...preferences, closing_explained: true } });
  }
}

export const closing = new Closing();
