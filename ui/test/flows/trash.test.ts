import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/trash/TrashScreen.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openScreen, openWindow, type Opened } from "./window";

async function openTrash(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  // A clock that stands, so that days that are left do not end while it is looked at.
  return openScreen("Trash", { now: Date.now() }, prepare);
}

test("it says what was removed, when, and how many days are left", async () => {
  await openTrash();
  const items = await screen.findAllByRole("listitem");
  const pilot = items.find((item) => item.textContent.includes("pilot"));
  expect(pilot?.textContent).toContain("Onboarding");
  expect(pilot?.textContent).toContain("1 day left");
  expect(pilot?.textContent).toContain("··p9Zx");
});

test("restoring brings a credential back into the list", async () => {
  const { backend, user } = await openTrash();
  await user.click(await screen.findByRole("button", { name: "Restore deepidv/pilot" }));
  await screen.findByText("deepidv/pilot is back");
  expect(backend.credentials.map(({ ref }) => ref)).toContain("deepidv/pilot");
  await waitFor(() =>
    expect(screen.queryByRole("button", { name: "Restore deepidv/pilot" })).toBeNull(),
  );
});

test("a name that is taken is asked for beside the field, and a free one is offered", async () => {
  const { backend, user } = await openTrash();
  await user.click(await screen.findByRole("button", { name: "Restore deepvue/main" }));
  expect(backend.called("restore_credential")).toEqual([]);
  const field = await screen.findByLabelText<HTMLInputElement>("New name");
  expect(field.value).toBe("main-2");
  await user.clear(field);
  await user.type(field, "trial");
  await user.click(screen.getByRole("button", { name: "Restore" }));
  await screen.findByText("You already have a credential called trial.");
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, "main-old{Enter}");
  await screen.findByText("deepvue/main-old is back");
  expect(backend.called("restore_credential")).toMatchObject([{ name: "main-old" }]);
});

test("trying again brings it back under the name that was typed", async () => {
  const { backend, user } = await openTrash((one) =>
    one.fail("restore_credential", failure("not_saved", "the disk is full")),
  );
  await user.click(await screen.findByRole("button", { name: "Restore deepvue/main" }));
  const field = await screen.findByLabelText<HTMLInputElement>("New name");
  await user.clear(field);
  await user.type(field, "main-old{Enter}");
  await screen.findByText("The disk is full.");
  backend.mend("restore_credential");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("deepvue/main-old is back");
});

test("deleting for good asks once more, and Cancel has the focus", async () => {
  const { backend, user } = await openTrash();
  await user.click(await screen.findByRole("button", { name: "Delete deepidv/pilot for good…" }));
  const dialog = await screen.findByRole("dialog", { name: "Delete deepidv/pilot for good?" });
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  expect(backend.called("empty_trash")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Delete deepidv/pilot for good…" }));
  await user.click(await screen.findByRole("button", { name: "Delete for good" }));
  await screen.findByText("1 credential deleted for good");
  expect(backend.trash.list().map(({ ref }) => ref)).toEqual(["deepvue/main"]);
});

test("emptying deletes all, after a yes, and an empty trash says what it is for", async () => {
  const { user } = await openTrash();
  await user.click(await screen.findByRole("button", { name: "Empty the trash…" }));
  await screen.findByRole("dialog", { name: "Delete 2 credentials for good?" });
  await user.click(screen.getByRole("button", { name: "Delete for good" }));
  await screen.findByRole("heading", { name: "Nothing is in the trash" });
  expect(screen.queryByRole("button", { name: "Empty the trash…" })).toBeNull();
});

test("what fails stands where it happened, and nothing is lost", async () => {
  const { backend, user } = await openTrash((one) =>
    one.fail("empty_trash", failure("not_saved", "the disk is full")),
  );
  await user.click(await screen.findByRole("button", { name: "Empty the trash…" }));
  const dialog = await screen.findByRole("dialog");
  await user.click(within(dialog).getByRole("button", { name: "Delete for good" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("The disk is full");
  backend.mend("empty_trash");
  await user.click(within(dialog).getByRole("button", { name: "Try again" }));
  await screen.findByText("2 credentials deleted for good");
});

test("a trash that cannot be read says so and is asked again", async () => {
  const { backend, user } = await openTrash((one) =>
    one.fail("list_trash", failure("agent_unreachable", "the agent did not answer")),
  );
  await screen.findByRole("alert");
  backend.mend("list_trash");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByRole("button", { name: "Restore deepidv/pilot" });
});
