/** How the window ends: alone, which the first time is explained, or with everything. */
import { ipc } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";

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

  /** Closes the window. What cannot be kept is said again the next time, and nothing worse. */
  async close(explained: boolean): Promise<void> {
    if (explained) await this.remember().catch(() => undefined);
    this.asking = false;
    await ipc().close_window();
  }

  /** Ends window, agent and tray. */
  async quit(): Promise<void> {
    try {
      await ipc().quit();
    } catch (error) {
      this.ask();
      this.failure = asFailure(error);
    }
  }

  private async remember(): Promise<void> {
    const { preferences } = await ipc().show_preferences();
    await ipc().set_preferences({ preferences: { ...preferences, closing_explained: true } });
  }
}

export const closing = new Closing();
