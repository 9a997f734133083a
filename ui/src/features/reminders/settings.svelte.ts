/** How and when it is reminded, and from when on a token is soon over. */
import { ipc, type Countdown, type ReminderSettings } from "../../ipc";
import { Kept } from "../../lib/kept.svelte";
import { credentials } from "../credential/credentials.svelte";

export class Settings extends Kept<ReminderSettings> {
  private countdown: Countdown | null = null;

  protected ask(): Promise<ReminderSettings> {
    return ipc().show_reminder_settings();
  }

  protected keep(settings: ReminderSettings): Promise<ReminderSettings> {
    return ipc().set_reminder_settings({ settings });
  }

  /** The agent says of each token when it is soon over: what it says is asked for anew. */
  protected override heard({ countdown }: ReminderSettings): void {
    const before = this.countdown;
    this.countdown = countdown;
    if (before !== null && JSON.stringify(before) !== JSON.stringify(countdown))
      void credentials.load().then(() => credentials.loadDetail());
  }
}
