import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/palette/PaletteDialog.svelte";
import "../../src/features/rotation/RotationDialog.svelte";
import { manyCredentials } from "../../src/ipc/recorded/many";
import { openWindow, type Opened } from "./window";

async function openPalette(
  opened: Opened = openWindow(),
): Promise<Opened & { field: HTMLElement }> {
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>}k{/Control}");
  const field = await screen.findByRole("combobox");
  await waitFor(() => expect(document.activeElement).toBe(field));
  return { ...opened, field };
}

function options(): string[] {
  return within(screen.getByRole("dialog"))
    .queryAllByRole("option")
    .map((option) => option.querySelector(".title")?.textContent ?? "");
}

function active(): string | null {
  const id = screen.getByRole("combobox").getAttribute("aria-activedescendant");
  return id === null ? null : (document.getElementById(id)?.textContent ?? null);
}

test("three letters and Enter copy a credential, which the notice names", async () => {
  const { backend, user } = await openPalette();
  await user.keyboard("tri{Enter}");
  await screen.findByText("Token of Deepvue trial copied");
  expect(backend.called("copy_secret")).toMatchObject([{ target: "deepvue/trial" }]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a slip of the fingers still finds, and an exact name comes first", async () => {
  const { user } = await openPalette();
  await user.keyboard("nigthly");
  expect(options()[0]).toBe("Deepvue nightly-batch");
  await user.clear(screen.getByRole("combobox"));
  await user.keyboard("main deepvue");
  expect(options()[0]).toBe("Deepvue main");
});

test("an owner, a provider after @ and an environment after # narrow the credentials", async () => {
  const { user, field } = await openPalette();
  await user.keyboard("verification");
  expect(options()[0]).toBe("Deepvue main");
  await user.clear(field);
  await user.keyboard("@deepidv");
  expect(options()).toEqual(["deepidv main", "deepidv partner-portal"]);
  await user.clear(field);
  await user.keyboard("#edge");
  expect(options()).toEqual(["Deeply factory"]);
});

test("four last characters find a retired key, and Enter copies a line that is safe in a chat", async () => {
  const { backend, user } = await openPalette();
  await user.keyboard("7x9z");
  await waitFor(() => expect(options()[0]).toBe("retired version 2 of deepcurrent/reports"));
  expect(active()).toContain("owner Data platform");
  expect(backend.called("find_credentials")).toEqual([{ text: "7x9z" }]);
  await user.keyboard("{Enter}");
  await screen.findByText("A line without secrets copied");
  expect(JSON.stringify(backend.called("copy_text"))).toContain("ending 7x9z: version 2, retired");
  expect(backend.called("copy_secret")).toEqual([]);
});

test("Ctrl+Enter opens, with the focus in the detail", async () => {
  const { backend, user } = await openPalette();
  await user.keyboard("partner{Control>}{Enter}{/Control}");
  const article = await screen.findByRole("article", { busy: false });
  expect(article.textContent).toContain("partner-portal");
  await waitFor(() => expect(article.contains(document.activeElement)).toBe(true));
  expect(backend.called("copy_secret")).toEqual([]);
});

test("Tab shows what can be done with the row, Esc leads back to what was typed", async () => {
  const { user } = await openPalette();
  await user.keyboard("nightly{Tab}");
  expect(options()).toContain("Replace the key…");
  expect(options()).toContain("Key is compromised…");
  await user.keyboard("{Escape}");
  expect(screen.getByRole<HTMLInputElement>("combobox").value).toBe("nightly");
  await user.keyboard("{Tab}repl{Enter}");
  await screen.findByText("Replace the key of Deepvue nightly-batch");
});

test("> leads to actions alone, with their keys printed", async () => {
  const { user } = await openPalette();
  await user.keyboard(">short");
  expect(options()).toEqual(["Keyboard shortcuts"]);
  await user.keyboard("{Enter}");
  await screen.findByRole("heading", { name: "Keyboard shortcuts" });
});

test("arrows go around, and the active row is told to readers of the screen", async () => {
  const { user } = await openPalette();
  const first = active();
  await user.keyboard("{ArrowUp}");
  expect(active()).not.toBe(first);
  await user.keyboard("{ArrowDown}");
  expect(active()).toBe(first);
  const selected = within(screen.getByRole("dialog")).getAllByRole("option", { selected: true });
  expect(selected).toHaveLength(1);
});

test("what matches nothing says what else there is, and Esc gives the focus back", async () => {
  const { user } = openWindow();
  await screen.findByRole("listbox");
  const search = screen.getByLabelText("Search credentials");
  await waitFor(() => expect(document.activeElement).toBe(search));
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("combobox");
  await user.keyboard("zzzzzzzz");
  await screen.findByText("Nothing matches “zzzzzzzz”.");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(search));
});

test("a whole key that was typed is told off, and a removed credential is called removed", async () => {
  const { user } = await openPalette(
    openWindow({}, (backend) => {
      const [known] = backend.rotations.found;
      if (known === undefined) throw new Error("the demo knows a retired key");
      const removed_at = "2026-11-02T10:00:00Z";
      const ref = "deepcurrent/old-7x9z";
      backend.rotations.found = [{ ...known, ref, removed_at, note: "whole_secret" }];
    }),
  );
  await user.keyboard("7x9z");
  await waitFor(() => expect(active()).toContain("This is the whole key"));
  expect(active()).toContain("removed 2 Nov 2026");
});

test("of thousands of credentials at most fifty rows are drawn", async () => {
  const { user } = await openPalette(
    openWindow({ credentials: manyCredentials(Date.now(), 2_000) }),
  );
  await user.keyboard("service");
  expect(options()).toHaveLength(50);
});
