/** The settings that are a matter of security; they lie inside the vault. */
import { ipc, type SecuritySettings, type SettingsView } from "../../ipc";
import { Kept } from "../../lib/kept.svelte";

export class Security extends Kept<SecuritySettings> {
  /** What is not chosen: limits, and what this machine can tell. */
  view = $state.raw<SettingsView | null>(null);

  protected async ask(): Promise<SecuritySettings> {
    this.view = await ipc().show_settings();
    return this.view.security;
  }

  protected async keep(security: SecuritySettings): Promise<SecuritySettings> {
    this.view = await ipc().set_settings({ security });
    return this.view.security;
  }
}
