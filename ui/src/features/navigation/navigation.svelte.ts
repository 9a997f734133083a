/** Which screen the open vault shows. The credentials are home: `Esc` leads back to them. */
import { tick } from "svelte";
import { credentials } from "../credential/credentials.svelte";
import { focusDetail, focusPane } from "../keys/panes";
import { listFilter } from "../list/filter.svelte";

export type ScreenName =
  | "vault"
  | "timeline"
  | "requests"
  | "health"
  | "inbox"
  | "activity"
  | "trash"
  | "settings"
  | "about";

class Navigation {
  current = $state<ScreenName>("vault");
  /** The credential that the screen is to be about, where it is about one. */
  subject: string | null = null;

  /** Shows a screen; one that comes up by itself takes the focus when it is there. */
  go(screen: ScreenName, subject: string | null = null): void {
    this.subject = subject;
    this.current = screen;
  }

  /** Back to the credentials, with the focus on the selected one. */
  async home(): Promise<void> {
    this.current = "vault";
    await tick();
    if (credentials.selected === null || !focusPane("list")) focusPane("search");
  }

  /** Shows a credential, whatever the list was narrowed to. */
  async open(reference: string): Promise<void> {
    if (!listFilter.shown.some((one) => one.ref === reference)) listFilter.reset();
    this.current = "vault";
    await credentials.select(reference);
    await tick();
    focusDetail();
  }
}

export const navigation = new Navigation();
