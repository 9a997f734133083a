import { screen, waitFor, within } from "@testing-library/svelte";
import type { UserEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/edit/EditDialog.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import type { EditCredential } from "../../src/ipc";
import { openAt, type Opened } from "./window";

async function openEdit(
  search = "deepvue main",
  prepare?: Parameters<typeof openAt>[1],
): Promise<Opened & { dialog: HTMLElement }> {
  const opened = await openAt(search, prepare);
  await opened.user.keyboard("{Control>}e{/Control}");
  const dialog = await screen.findByRole("dialog", { name: /^Edit / });
  await within(dialog).findByLabelText("Name");
  return { ...opened, dialog };
}

/** Goes on by Tab until a control has the focus. */
async function tabTo(user: UserEvent, control: HTMLElement): Promise<void> {
  for (let presses = 0; presses < 40 && document.activeElement !== control; presses += 1)
    await user.tab();
  expect(document.activeElement).toBe(control);
}

function sent({ backend }: Opened): EditCredential[] {
  return backend.called("edit_credential") as EditCredential[];
}

test("Ctrl+E opens the form with what is stored, and no secret in it", async () => {
  const { dialog, user } = await openEdit();
  expect(within(dialog).getByLabelText<HTMLInputElement>("Name").value).toBe("main");
  expect(within(dialog).getByLabelText<HTMLInputElement>("Client id").value).not.toBe("");
  expect(within(dialog).queryByLabelText("Client secret")).toBeNull();
  expect(dialog.textContent).toMatch(/Stored, ends with x9Qd/);
  await user.keyboard("{Escape}");
});

test("a name, an owner and a note are saved together, by keys alone", async () => {
  const { dialog, user, ...opened } = await openEdit();
  const name = within(dialog).getByLabelText("Name");
  await user.clear(name);
  await user.type(name, "primary");
  expect(dialog.textContent).toContain("no longer find it");
  const owner = within(dialog).getByLabelText(/^Owner/);
  await user.clear(owner);
  await user.type(owner, "Ravi");
  await tabTo(user, within(dialog).getByRole("button", { name: "Save" }));
  await user.keyboard("{Enter}");
  await screen.findByText("Deepvue primary saved");
  expect(sent({ user, ...opened })).toMatchObject([
    { reference: "deepvue/main", name: "primary", owner: "Ravi" },
  ]);
  expect(sent({ user, ...opened })[0]).not.toHaveProperty("secrets");
  await screen.findByRole("heading", { name: /Deepvue\s+primary/, level: 1 });
});

test("a secret is typed anew, or left as it is", async () => {
  const { dialog, user, ...opened } = await openEdit();
  await user.click(within(dialog).getByRole("button", { name: "Type anew: Client secret" }));
  const field = within(dialog).getByLabelText<HTMLInputElement>("Client secret");
  expect(document.activeElement).toBe(field);
  expect(field.type).toBe("password");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await within(dialog).findByText("Type the new value, or leave the old one as it is.");
  await user.click(within(dialog).getByRole("button", { name: "Leave as it is: Client secret" }));
  await user.click(within(dialog).getByRole("button", { name: "Type anew: Client secret" }));
  await user.type(within(dialog).getByLabelText("Client secret"), "canary-secret-9876");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("Deepvue main saved");
  expect(sent({ user, ...opened })[0]?.secrets).toEqual({ client_secret: "canary-secret-9876" });
  expect(document.documentElement.outerHTML).not.toContain("canary-secret");
});

test("what is wrong stands beside its control, keeps what was typed, and gets the focus", async () => {
  const { dialog, user, ...opened } = await openEdit();
  const name = within(dialog).getByLabelText<HTMLInputElement>("Name");
  await user.clear(name);
  await user.type(name, "trial");
  await user.type(within(dialog).getByLabelText(/^Replace it every/), "soon");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await within(dialog).findByText("You already have a credential called trial.");
  await within(dialog).findByText(/A whole number of days/);
  expect(document.activeElement).toBe(name);
  expect(name.value).toBe("trial");
  expect(sent({ user, ...opened })).toEqual([]);
});

test("where stored secrets would go elsewhere it needs a yes, which a change takes back", async () => {
  const { dialog, user, backend } = await openEdit("deepvue main", (one) =>
    one.fail(
      "edit_credential",
      failure("confirmation_needed", "stored secrets would go to sandbox.example"),
    ),
  );
  await user.type(within(dialog).getByLabelText(/^Owner/), "!");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("sandbox.example");
  await user.type(within(dialog).getByLabelText(/^Owner/), "!");
  expect(within(dialog).queryByRole("alert")).toBeNull();
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  const agree = await within(dialog).findByRole("button", { name: "I agree, save" });
  backend.mend("edit_credential");
  await user.click(agree);
  await screen.findByText("Deepvue main saved");
  const confirmed = (backend.called("edit_credential") as EditCredential[]).map(
    (call) => call.confirmed,
  );
  expect(confirmed).toEqual([false, false, true]);
});

test("what the agent refuses is told where it belongs, and nothing typed is lost", async () => {
  const { dialog, user } = await openEdit("deepvue main", (one) =>
    one.fail("edit_credential", failure("not_saved", "the disk is full")),
  );
  const owner = within(dialog).getByLabelText<HTMLInputElement>(/^Owner/);
  await user.clear(owner);
  await user.type(owner, "Ravi");
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  expect((await within(dialog).findByRole("alert")).textContent).toContain("The disk is full");
  expect(owner.value).toBe("Ravi");
});

test("nothing changed says so and asks the agent nothing", async () => {
  const { dialog, user, ...opened } = await openEdit();
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("Nothing was changed.");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent({ user, ...opened })).toEqual([]);
});

test.each([
  ["deepvue main", "Client secret"],
  ["deepidv main", "API key"],
  ["deepcurrent dashboard", "Password"],
  ["deeply cloud", ""],
])("%s has the fields of its kind in the form", async (search, secret) => {
  const { dialog } = await openEdit(search);
  const name = new RegExp(`^Type anew: ${secret}`, "i");
  expect(within(dialog).getAllByRole("button", { name }).length).toBeGreaterThan(0);
});

test("a field of few values is chosen, not typed", async () => {
  const { dialog, user, ...opened } = await openEdit("deepcurrent dashboard");
  const method = within(dialog).getByLabelText<HTMLSelectElement>(/^Used method/);
  const last = method.options.item(method.options.length - 1)?.value ?? "";
  await user.selectOptions(method, last);
  await user.click(within(dialog).getByRole("button", { name: "Save" }));
  await screen.findByText("DeepCurrent dashboard saved");
  expect(sent({ user, ...opened })[0]?.fields).toEqual({ method: last });
});

test("while names are hidden nothing masked can be saved over what is stored", async () => {
  const { user, backend } = await openAt("deepvue main");
  await user.keyboard("{Control>}{Shift>}m{/Shift}{/Control}");
  await user.keyboard("{Control>}e{/Control}");
  const dialog = await screen.findByRole("dialog", { name: /^Edit / });
  await within(dialog).findByText(/^Names and values are hidden now/);
  expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(
    true,
  );
  expect(backend.called("edit_credential")).toEqual([]);
});
