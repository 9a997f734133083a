/**
 * Share-safe mode: names, hosts, owners, notes and last characters are masked wherever they would be
 * shown, until it is switched off. The door to the agent does it (`ipc/sharing`), so this only switches,
 * and has all that was read be read again. The agent keeps the switch, for the tray and for the next
 * window.
 */
import { hideNames, ipc, meantBy, maskOf } from "../../ipc";
import { asFailure } from "../../lib/failure";
import { toasts } from "../../lib/toasts.svelte";
import { words } from "../../words/en";
import { credentials } from "../credential/credentials.svelte";
import { navigation } from "../navigation/navigation.svelte";
import { listFilter } from "../list/filter.svelte";
import { desk } from "../tester/desk.svelte";

class Sharing {
  on = $state(false);

  /** How the agent has it: a new window hides what the one before hid. */
  async load(): Promise<void> {
    this.follow(await ipc().show_share_safe());
  }

  async toggle(): Promise<void> {
    const on = !this.on;
    // At once, and only then for the tray: somebody is looking.
    this.follow(on);
    try {
      await ipc().set_share_safe({ on });
    } catch (error) {
      const failure = asFailure(error);
      if (!on) this.follow(true);
      toasts.show(on ? words.sharing.trayStays : failure.title, failure.message, "warn");
    }
  }

  /** Takes what is read from here on covered, or as it is; App forgets what was read before. */
  follow(on: boolean): void {
    if (on === this.on) return;
    hideNames(on);
    const inForce = on ? maskOf : meantBy;
    const { selected } = credentials;
    if (selected !== null) credentials.selected = inForce(selected);
    if (navigation.subject !== null) navigation.subject = inForce(navigation.subject);
    if (desk.reference !== null) desk.reference = inForce(desk.reference);
    // Somebody may have typed a name.
    listFilter.search = "";
    this.on = on;
  }
}

export const sharing = new Sharing();
