import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { openAt, openWindow } from "./window";

test("a key right after an arrow acts on the row that it reached, and not on the detail that is still there", async () => {
  const { backend, user } = await openAt("deepvue");
  await user.keyboard("{Home}");
  await waitFor(() => expect(screen.getByRole("article").getAttribute("aria-busy")).toBe("false"));
  const list = screen.getByRole("listbox");
  const row = (): string =>
    list.querySelector("[aria-selected=true]")?.getAttribute("data-reference") ?? "";
  const before = row();
  fireEvent.keyDown(list, { key: "ArrowDown" });
  fireEvent.keyDown(list, { key: "c" });
  fireEvent.keyDown(list, { key: "C", ctrlKey: true, shiftKey: true });
  fireEvent.keyDown(list, { key: "1", ctrlKey: true });
  expect(screen.getByRole("article").getAttribute("aria-busy"), "control").toBe("true");
  await waitFor(() => expect(backend.called("copy_secret")).toHaveLength(3));
  const targets = (backend.called("copy_secret") as { target: string }[]).map(({ target }) =>
    target.split("/").slice(0, 2).join("/"),
  );
  expect(row()).not.toBe(before);
  expect(targets).toEqual([row(), row(), row()]);
});

test("what the menu of a row removes is that row, also before its detail has come", async () => {
  const { backend, user } = await openAt("deepvue");
  await user.keyboard("{Home}");
  const list = screen.getByRole("listbox");
  const row = (): string =>
    list.querySelector("[aria-selected=true]")?.getAttribute("data-reference") ?? "";
  const before = row();
  await waitFor(() =>
    expect(backend.called("show_credential")).toContainEqual({ reference: before }),
  );
  await screen.findByRole("article", { busy: false });
  backend.show_credential = () => new Promise(() => undefined);
  fireEvent.keyDown(list, { key: "ArrowDown" });
  const reached = row();
  expect(reached).not.toBe(before);
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(screen.getByRole("menuitem", { name: "Remove…" }));
  const dialog = await screen.findByRole("dialog");
  expect(dialog.textContent).toContain(reached.split("/")[1]);
  await user.click(within(dialog).getByRole("button", { name: "Remove" }));
  await waitFor(() =>
    expect(backend.called("remove_credential")).toEqual([{ reference: reached }]),
  );
});

test("a question about a credential that went away meanwhile goes with it, and keys work again", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(screen.getByRole("menuitem", { name: "Remove…" }));
  await screen.findByRole("dialog");
  await backend.remove_credential({ reference: "deepvue/main" });
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("{Control>}n{/Control}");
  await screen.findByRole("dialog", { name: "Add a credential" });
});

test("the key that shows the sidebar keeps the focus where the button for it had it", async () => {
  const { user } = openWindow({}, ({ app }) => {
    app.preferences.sidebar_hidden = true;
  });
  (await screen.findByRole("button", { name: "Show the sidebar" })).focus();
  await user.keyboard("{Control>}b{/Control}");
  const filters = screen.getByRole("navigation", { name: "Filters" });
  await waitFor(() =>
    expect(filters.closest("[data-pane]")?.contains(document.activeElement)).toBe(true),
  );
});
