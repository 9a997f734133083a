/** How and when it is reminded. */
import { ipc, type ReminderSettings } from "../../ipc";
import { Kept } from "../../lib/kept.svelte";

export class Settings extends Kept<ReminderSettings> {
  protected ask(): Promise<ReminderSettings> {
    return ipc().show_reminder_settings();
  }

  protected keep(settings: ReminderSettings): Promise<ReminderSettings> {
    return ipc().set_reminder_settings({ settings });
  }
}
