/** A credential's past and its notes, as tabs of the detail. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/activity/ActivityScreen.svelte";
import "../../src/features/history/HistoryPage.svelte";
import "../../src/features/history/NotesPage.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, type Opened } from "./window";

async function openTab(name: string, prepare?: Parameters<typeof openAt>[1]): Promise<Opened> {
  const opened = await openAt("deepvue main", prepare);
  await opened.user.click(await screen.findByRole("tab", { name }));
  return opened;
}

test("the versions of the key stand with their last four, the one in use first", async () => {
  await openTab("History");
  await screen.findByText("Version 3");
  const part = screen.getByRole("region", { name: "Versions of the key" });
  const versions = within(part).getAllByRole("listitem");
  expect(versions.map((one) => /Version \d/.exec(one.textContent)?.[0])).toEqual([
    "Version 3",
    "Version 2",
    "Version 1",
  ]);
  expect(versions[0]?.textContent).toContain("In use");
  expect(versions[1]?.textContent).toContain("··b7Yt");
  expect(versions[2]?.textContent).toContain("Its value is not stored any more.");
  expect(within(part).getAllByRole("button")).toHaveLength(1);
});

test("an older version is put in use again after a yes", async () => {
  const { backend, user } = await openTab("History");
  await user.click(await screen.findByRole("button", { name: "Put in use again… (version 2)" }));
  const dialog = await screen.findByRole("dialog", { name: "Put version 2 in use again?" });
  expect(dialog.textContent).toContain("nobody says whether it still works");
  expect(backend.called("restore_version")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Put in use" }));
  await screen.findByText("Version 2 is in use");
  expect(backend.called("restore_version")).toEqual([
    { reference: "deepvue/main", version: 2, confirmed: true },
  ]);
  const part = screen.getByRole("region", { name: "Versions of the key" });
  const second = within(part).getByText("Version 2").closest("li");
  expect(second?.textContent).toContain("In use");
});

test("a version that cannot come back says why, where it happened", async () => {
  const { user } = await openTab("History", (backend) =>
    backend.fail("restore_version", failure("refused_by_policy", "a replacement is under way")),
  );
  await user.click(await screen.findByRole("button", { name: "Put in use again… (version 2)" }));
  await user.click(await screen.findByRole("button", { name: "Put in use" }));
  expect((await screen.findByRole("alert")).textContent).toContain("A replacement is under way");
});

test("what was done with it stands by day, and the rest is in the activity", async () => {
  const { backend, user } = await openTab("History", (one) => {
    const show = one.history.show.bind(one.history);
    one.history.show = (reference) => ({ ...show(reference), more: true });
  });
  const changes = await screen.findByRole("region", { name: "What was done with it" });
  expect(changes.textContent).toContain("Token bought");
  await user.click(within(changes).getByRole("button", { name: "Show all in the activity" }));
  await screen.findByRole("heading", { name: "Activity", level: 1 });
  const filter = await screen.findByLabelText<HTMLSelectElement>("Credential");
  expect(filter.value).toBe("deepvue/main");
  await waitFor(() =>
    expect(backend.called("list_journal").at(-1)).toMatchObject({ reference: "deepvue/main" }),
  );
});

test("a history that cannot be read says so and is asked again", async () => {
  const { backend, user } = await openTab("History", (one) =>
    one.fail("show_history", failure("agent_unreachable", "the agent did not answer")),
  );
  const alert = await screen.findByRole("alert");
  backend.mend("show_history");
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await screen.findByText("Version 3");
});

test("a note is written in place, by keys alone", async () => {
  const { backend, user } = await openTab("Notes");
  const begin = await screen.findByRole("button", { name: /^(Edit|Write a note)$/ });
  begin.focus();
  await user.keyboard("{Enter}");
  const field = await screen.findByLabelText<HTMLTextAreaElement>("Note");
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, "Ask Ravi before rotating.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Ask Ravi before rotating.", { selector: "p.note" });
  expect(backend.called("edit_credential")).toEqual([
    { reference: "deepvue/main", note: "Ask Ravi before rotating." },
  ]);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("Edit"));
});

test("a note that is too long is said beside the field, and what failed keeps what was typed", async () => {
  const { backend, user } = await openTab("Notes", (one) =>
    one.fail("edit_credential", failure("not_saved", "the disk is full")),
  );
  await user.click(await screen.findByRole("button", { name: /^(Edit|Write a note)$/ }));
  const field = await screen.findByLabelText<HTMLTextAreaElement>("Note");
  await user.clear(field);
  await user.click(field);
  await user.paste("n".repeat(2_001));
  await screen.findByText("At most 2,000 characters.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(true);
  await user.clear(field);
  await user.type(field, "Short");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  expect(field.value).toBe("Short");
  backend.mend("edit_credential");
});

test("a note that is being written is there after a look at another tab, and gone with Esc", async () => {
  const { user } = await openTab("Notes");
  await user.click(await screen.findByRole("button", { name: /^(Edit|Write a note)$/ }));
  await user.type(await screen.findByLabelText("Note"), "draft");
  await user.click(screen.getByRole("tab", { name: "Overview" }));
  await user.click(screen.getByRole("tab", { name: "Notes" }));
  const field = await screen.findByLabelText<HTMLTextAreaElement>("Note");
  expect(field.value).toContain("draft");
  await user.type(field, "{Escape}");
  await waitFor(() => expect(screen.queryByLabelText("Note")).toBeNull());
});
