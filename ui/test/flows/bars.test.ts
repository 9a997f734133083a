/** The bars for copying, for the way into the list, and for the first minutes: counted, not timed. */
import { screen, waitFor, within } from "@testing-library/svelte";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/about/AboutScreen.svelte";
import "../../src/features/activity/ActivityScreen.svelte";
import "../../src/features/health/HealthScreen.svelte";
import "../../src/features/inbox/InboxScreen.svelte";
import "../../src/features/palette/PaletteDialog.svelte";
import "../../src/features/settings/SettingsScreen.svelte";
import "../../src/features/timeline/TimelineScreen.svelte";
import "../../src/features/trash/TrashScreen.svelte";
import { navigation, type ScreenName } from "../../src/features/navigation/navigation.svelte";
import { RecordedBackend } from "../../src/ipc/recorded";
import { openAt, openWindow } from "./window";

describe("bar 1: the selected item is copied with two keystrokes from any unlocked screen", () => {
  async function copiedAfter(opened: { backend: RecordedBackend }): Promise<void> {
    await screen.findByText("Token of Deepvue main copied");
    expect(opened.backend.called("copy_secret")).toHaveLength(1);
  }

  test.each<ScreenName>(["timeline", "health", "inbox", "activity", "trash", "settings", "about"])(
    "%s",
    async (name) => {
      const opened = await openAt("deepvue main");
      navigation.go(name);
      await screen.findByRole("heading", { level: 1 });
      await waitFor(() =>
        expect(screen.queryByRole("listbox", { name: "Credentials" })).toBeNull(),
      );
      await opened.user.keyboard("{Escape}");
      await opened.user.keyboard("{Control>}c{/Control}");
      await copiedAfter(opened);
    },
  );

  test("the list: one", async () => {
    const opened = await openAt("deepvue main");
    await opened.user.keyboard("c");
    await copiedAfter(opened);
  });

  test("the detail: one", async () => {
    const opened = await openAt("deepvue main");
    screen.getByRole("tab", { name: "Overview" }).focus();
    await opened.user.keyboard("{Control>}c{/Control}");
    await copiedAfter(opened);
  });

  test("the search field: two", async () => {
    const opened = await openAt("deepvue main");
    screen.getByLabelText("Search credentials").focus();
    await opened.user.keyboard("{ArrowDown}");
    await opened.user.keyboard("c");
    await copiedAfter(opened);
  });

  test("over a dialog: two", async () => {
    const opened = await openAt("deepvue main");
    await opened.user.keyboard("?");
    await screen.findByRole("dialog");
    // What the browser makes of Esc on a modal dialog.
    screen.getByRole("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await opened.user.keyboard("{Control>}c{/Control}");
    await copiedAfter(opened);
  });

  test("the palette: Ctrl+K, three letters, Enter", async () => {
    const { backend, user } = openWindow();
    await screen.findByRole("listbox");
    await user.keyboard("{Control>}k{/Control}");
    await screen.findByRole("combobox");
    await user.keyboard("tri{Enter}");
    await screen.findByText("Token of Deepvue trial copied");
    expect(backend.called("copy_secret")).toHaveLength(1);
  });
});

test("bar 2: from the search field the first result is one key away", async () => {
  const { user } = openWindow();
  await screen.findByRole("listbox");
  await user.type(screen.getByLabelText("Search credentials"), "trial");
  await user.keyboard("{ArrowDown}");
  const list = screen.getByRole("listbox");
  await waitFor(() => expect(document.activeElement).toBe(list));
  expect(list.getAttribute("aria-activedescendant")).toBe("row-deepvue/trial");
});

/** A user whose every click, and every field or run of keys, counts as one interaction. */
class Counted {
  interactions = 0;

  constructor(private readonly user: UserEvent) {}

  async click(element: HTMLElement): Promise<void> {
    this.interactions += 1;
    await this.user.click(element);
  }

  async type(element: HTMLElement, text: string): Promise<void> {
    this.interactions += 1;
    await this.user.type(element, text);
  }
}

test("bar 3: from nothing to the first copied token in at most twelve interactions", async () => {
  const { backend, user } = openWindow({ state: "absent", credentials: [] });
  const counted = new Counted(user);
  await counted.type(await screen.findByLabelText("Passphrase"), RecordedBackend.PASSPHRASE);
  await counted.click(screen.getByRole("button", { name: "Make vault" }));
  await counted.click(await screen.findByRole("button", { name: "Save to a file" }));
  await screen.findByText(/keyturn-recovery-key\.txt/);
  await counted.type(
    screen.getByLabelText("The last six characters of the key"),
    RecordedBackend.TAIL,
  );
  await counted.click(screen.getByRole("button", { name: "I have it safe" }));
  await counted.click(await screen.findByRole("button", { name: /Deepvue/ }));
  await counted.type(await screen.findByLabelText("Client id"), "northwind");
  await counted.type(screen.getByLabelText("Client secret"), "a-secret-of-some-length");
  const form = within(screen.getByRole("dialog"));
  await counted.click(form.getByRole("button", { name: "Add credential" }));
  await counted.click(await screen.findByRole("button", { name: /^Copy token/ }));
  await screen.findByText("Token of Deepvue main copied");
  expect(backend.called("copy_secret")).toHaveLength(1);
  expect(counted.interactions).toBeLessThanOrEqual(12);
});
