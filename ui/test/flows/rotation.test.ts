import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/rotation/CompromisedDialog.svelte";
import "../../src/features/rotation/RotationDialog.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, type Opened } from "./window";

const CANARY = "dc_live_canary_9f27_SECRET_Wk55";

/** Opens the wizard on a credential, by the key that a user has. */
async function openWizard(
  search: string,
  prepare?: Parameters<typeof openAt>[1],
): Promise<Opened & { dialog: HTMLElement }> {
  const opened = await openAt(search, prepare);
  await opened.user.keyboard("{Control>}r{/Control}");
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByRole("heading", { level: 3 });
  return { ...opened, dialog };
}

function button(name: string | RegExp): HTMLButtonElement {
  return within(screen.getByRole("dialog")).getByRole<HTMLButtonElement>("button", { name });
}

async function step(title: string | RegExp): Promise<HTMLElement> {
  const heading = await within(screen.getByRole("dialog")).findByRole("heading", {
    level: 3,
    name: title,
  });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  return heading;
}

test("di2 a key that ends at once: warned before, tested by word alone, replaced, retired", async () => {
  const { backend, user, dialog } = await openWizard("deepidv main");
  expect(dialog.textContent).toContain("our reading of the advice on 401");
  expect(dialog.textContent).toContain("not confirmed by the provider's documentation");
  expect(dialog.textContent).toContain("Regenerate the key at Admin Console");
  await user.click(button("Begin"));

  await step("Put in the new key");
  expect(dialog.textContent).toContain("replace it everywhere now");
  const field = within(dialog).getByLabelText<HTMLInputElement>("API key");
  expect(field.type).toBe("password");
  await user.type(field, CANARY);
  expect(within(dialog).getByText("31 characters, ends with Wk55")).toBeTruthy();
  await user.click(button("Store it"));

  await step("Does the new key work?");
  expect(document.documentElement.outerHTML).not.toContain("canary");
  expect(dialog.textContent).toContain("The new key ends with Wk55");
  expect(within(dialog).queryByRole("button", { name: "Test the new key" })).toBeNull();
  await user.click(button("Go on with my word"));
  expect(within(dialog).getByRole("alert").textContent).toContain("once you have seen it work");
  await user.click(within(dialog).getByLabelText("I have seen the new key work."));
  await user.click(button("Go on with my word"));

  await step("Use the new key");
  expect(within(dialog).queryByRole("button", { name: /Go back to the old key/ })).toBeNull();
  await user.click(button("Use the new key"));
  await step("Retire the old key");
  await user.click(within(dialog).getByLabelText("The old key is ended at the provider."));
  await user.click(button("Retire it"));
  await step("The key is replaced");
  expect(backend.called("advance_rotation").map((call) => Object(call).step)).toEqual([
    "start",
    { store: { secrets: { api_key: CANARY }, replace: false } },
    { verify: { by_word: true } },
    { promote: { by_word: false } },
    { retire: { by_word: true } },
  ]);
  await user.click(button("Done"));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what is clicked while the list is still loading is not lost", async () => {
  const { backend, user, dialog } = await openWizard("reports");
  await user.click(button("Begin"));
  await step("Ask the provider's support");
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  const list = backend.list_credentials.bind(backend);
  backend.list_credentials = async () => {
    await held;
    return list();
  };
  await user.click(button("Note the request"));
  await user.click(await within(dialog).findByRole("button", { name: "The new key has come" }));
  go();
  await step("Put in the new key");
  await new Promise((resolve) => setTimeout(resolve));
  expect(
    within(dialog).getByRole("heading", { level: 3, name: "Put in the new key" }),
  ).toBeTruthy();
});

test("dc7 a key from support: asked for, awaited, caught, tested, confirmed in two yeses, promoted", async () => {
  const { backend, user, dialog } = await openWizard("reports");
  await user.click(button("Begin"));

  await step("Ask the provider's support");
  await user.click(button("Copy the text"));
  const [copied] = backend.called("copy_text");
  expect(JSON.stringify(copied)).toContain("ending in 7Qe2");
  await user.type(within(dialog).getByLabelText(/^Ticket number/), "DC-4711");
  await user.click(button("Note the request"));

  await step("Waiting for the provider");
  expect(dialog.textContent).toContain("ticket DC-4711");
  expect(dialog.textContent).toContain("Asked today.");
  expect(dialog.textContent).toContain("Keyturn reminds you to ask again on");
  await user.click(button("The new key has come"));

  await step("Put in the new key");
  await user.click(within(dialog).getByLabelText("Paste the key here"));
  await user.paste("dc_live_0123456789abcdefWk55");
  await within(dialog).findByText("Caught, and hidden at once");
  expect(document.documentElement.outerHTML).not.toContain("0123456789abcdef");
  await user.click(button("Store it"));
  await within(dialog).findByText("Safe to close");
  expect(backend.called("capture_key")).toMatchObject([
    { reference: "deepcurrent/reports", value: "dc_live_0123456789abcdefWk55" },
  ]);
  await user.click(button("Go on"));
  await step("Does the new key work?");
  expect(dialog.textContent).toContain("GET /api/v1/users/me");
  await user.click(button("Test the new key"));

  await step("Make ready what uses the key, then confirm");
  expect(dialog.textContent).toContain("Confirming may end the old key.");
  await user.click(button("I have confirmed it to the provider"));
  const ask = await within(dialog).findByRole("alert");
  for (const name of ["GitHub Actions of repo billing", "server report-2", "make"])
    expect(ask.textContent).toContain(name);
  expect(document.activeElement).toBe(button("Not yet"));
  expect(JSON.stringify(backend.called("advance_rotation"))).not.toContain("confirm");

  await user.click(button("Not yet"));
  await user.click(within(dialog).getByLabelText("server report-2 has the new key"));
  await waitFor(() =>
    expect(backend.called("edit_consumers")).toEqual([
      { reference: "deepcurrent/reports", edit: { has_new: { id: 2, ready: true } } },
    ]),
  );
  await user.click(button("I have confirmed it to the provider"));
  const again = await within(dialog).findByRole("alert");
  expect(again.textContent).not.toContain("server report-2");
  await user.click(button("Confirm all the same"));

  await step("Use the new key");
  await user.click(button("Use the new key"));
  await step("Retire the old key");
  expect(dialog.textContent).toContain("Still used by");
  expect(dialog.textContent).toContain("GitHub Actions of repo billing");
  await user.click(button("Test that the old key is dead"));
  await step("The key is replaced");
});

test("an old key that still answers is not retired, and going back is offered as long as it lives", async () => {
  const { backend, user, dialog } = await openWizard("deepvue main", (given) => {
    given.rotations.oldAnswers = true;
    given.rotations.advance({ reference: "deepvue/main", step: "start" });
    const secrets = { client_secret: "live_northwind_Zz99" };
    given.rotations.advance({ reference: "deepvue/main", step: { store: { secrets } } });
    const by_word = false;
    given.rotations.advance({ reference: "deepvue/main", step: { verify: { by_word } } });
    given.rotations.advance({ reference: "deepvue/main", step: { promote: { by_word } } });
  });
  expect(within(dialog).getByRole("heading", { level: 3 }).textContent).toBe("Retire the old key");
  await user.click(button("Test that the old key is dead"));
  await within(dialog).findByRole("heading", { name: "The old key still works" });
  expect(dialog.textContent).toContain("End it at the provider, then test again. Dashboard");
  await user.click(button(/Go back to the old key/));
  expect(document.activeElement).toBe(button("Stay with the new key"));
  await user.click(button("Go back"));
  await step("Use the new key");
  expect(backend.called("advance_rotation").at(-1)).toEqual({
    reference: "deepvue/main",
    step: "roll_back",
    agreed: false,
  });
});

test("closed and opened again, the wizard stands where the rotation stands", async () => {
  const { user } = await openWizard("deepvue main");
  await user.click(button("Begin"));
  await step("Put in the new key");
  await user.click(button("Go on later"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const article = screen.getByRole("article");
  expect(article.textContent).toContain("A replacement has begun");
  await user.click(within(article).getByRole("button", { name: "Put in the new key…" }));
  await within(await screen.findByRole("dialog")).findByText("Put in the new key");
});

test("a step that was taken in a terminal moves the open wizard", async () => {
  const { backend, user } = await openWizard("deepvue main");
  await user.click(button("Begin"));
  await step("Put in the new key");
  const secrets = { client_secret: "live_northwind_Zz99" };
  backend.rotations.advance({ reference: "deepvue/main", step: { store: { secrets } } });
  await step("Does the new key work?");
});

test("a refused store forgets the secret, names the field, and asks to paste again", async () => {
  const { backend, user, dialog } = await openWizard("deepvue main");
  await user.click(button("Begin"));
  await step("Put in the new key");
  await user.click(button("Store it"));
  expect(within(dialog).getByText("Paste the new Client secret.")).toBeTruthy();
  const secret = within(dialog).getByLabelText<HTMLInputElement>("Client secret");
  await user.type(secret, "two words");
  await user.click(button("Store it"));
  expect(within(dialog).getByText(/Copy the key alone/)).toBeTruthy();
  expect(document.activeElement).toBe(secret);

  backend.fail(
    "advance_rotation",
    failure("invalid_input", "this looks like an e-mail address", "Paste the secret."),
  );
  await user.clear(secret);
  await user.type(secret, "maya@northwind.example");
  await user.click(button("Store it"));
  await within(dialog).findByText(/looks like an e-mail address\. Paste the secret\./);
  expect(secret.value).toBe("");
  expect(document.activeElement).toBe(secret);
  expect(within(dialog).getByText(/Leave the provider's page open/)).toBeTruthy();
});

test("x8 a refused test says so, and leaves another key and the user's word to go on with", async () => {
  const { backend, user, dialog } = await openWizard("deepvue main", (given) => {
    given.rotations.advance({ reference: "deepvue/main", step: "start" });
    const secrets = { client_secret: "live_northwind_Zz99" };
    given.rotations.advance({ reference: "deepvue/main", step: { store: { secrets } } });
  });
  backend.fail(
    "advance_rotation",
    failure("credential_refused", "the provider refuses the new key", "Copy it once more."),
  );
  await user.click(button("Test the new key"));
  await within(dialog).findByText("The provider refused the credential");
  expect(dialog.textContent).toContain("The new key stays stored, and nothing uses it yet.");
  backend.mend("advance_rotation");
  await user.click(button(/I tested it another way/));
  await user.click(within(dialog).getByLabelText("I have seen the new key work."));
  await user.click(button("Go on with my word"));
  await step("Use the new key");
});

test("dc6 a caught new key is not lost by closing: it is stored, or discarded on purpose", async () => {
  const { backend, user, dialog } = await openWizard("reports", (given) => {
    given.rotations.advance({ reference: "deepcurrent/reports", step: "start" });
    const request = { on: null, ticket: null, note: null };
    given.rotations.advance({ reference: "deepcurrent/reports", step: { request } });
  });
  await user.click(button("The new key has come"));
  await user.click(button("Take it from the clipboard"));
  await within(dialog).findByText("Caught, and hidden at once");
  await user.click(button("Go on later"));
  await within(dialog).findByText("Discard the caught key?");
  expect(document.activeElement).toBe(button("Keep it"));
  await user.click(button("Keep it"));
  backend.fail("capture_key", failure("not_saved", "the disk is full"));
  await user.click(button("Store it"));
  await within(dialog).findByText(/Not stored yet/);
  expect(within(dialog).queryByText("Safe to close")).toBeNull();
  backend.mend("capture_key");
  await user.click(button("Store it"));
  await within(dialog).findByText("Safe to close");
});

test("a day to come and an empty day are refused beside the field, and what was typed stays", async () => {
  const { backend, user, dialog } = await openWizard("reports");
  await user.click(button("Begin"));
  await step("Ask the provider's support");
  const day = within(dialog).getByLabelText<HTMLInputElement>("Asked on");
  const ticket = within(dialog).getByLabelText<HTMLInputElement>(/^Ticket number/);
  await user.type(ticket, "DC-4711");
  await user.clear(day);
  await user.click(button("Note the request"));
  expect(within(dialog).getByText("Choose the day.")).toBeTruthy();
  await user.type(day, "2999-01-01");
  await user.click(button("Note the request"));
  expect(within(dialog).getByText("This day has not come yet.")).toBeTruthy();
  expect(document.activeElement).toBe(day);
  expect(ticket.value).toBe("DC-4711");
  expect(JSON.stringify(backend.called("advance_rotation"))).not.toContain("request");
});

test("di2 once the old key is dead, neither giving up nor going back is offered", async () => {
  const { dialog } = await openWizard("deepidv main", (given) => {
    const reference = "deepidv/main";
    given.rotations.advance({ reference, step: "start" });
    given.rotations.advance({ reference, step: { store: { secrets: { api_key: CANARY } } } });
  });
  expect(within(dialog).queryByRole("button", { name: /Give up|Go back/ })).toBeNull();
  expect(within(dialog).getByRole("button", { name: "Put in another key…" })).toBeTruthy();
});

test("another new key takes the place of the stored one, which is said before", async () => {
  const { backend, user, dialog } = await openWizard("deepidv main", (given) => {
    const reference = "deepidv/main";
    given.rotations.advance({ reference, step: "start" });
    given.rotations.advance({ reference, step: { store: { secrets: { api_key: CANARY } } } });
  });
  await user.click(button("Put in another key…"));
  await step("Put in the new key");
  expect(dialog.textContent).toContain("A new key is stored already: Wk55. It is forgotten");
  await user.type(within(dialog).getByLabelText("API key"), "di_live_0123456789_Yy11");
  await user.click(button("Store it"));
  await step("Does the new key work?");
  expect(dialog.textContent).toContain("ends with Yy11");
  expect(backend.called("advance_rotation")).toMatchObject([
    { step: { store: { replace: true } } },
  ]);
});

test("giving up asks first, and leaves the key in use as it was", async () => {
  const { backend, user } = await openWizard("deepidv main");
  await user.click(button("Begin"));
  await step("Put in the new key");
  await user.click(button(/Give up the replacement/));
  expect(document.activeElement).toBe(button("Keep on"));
  await user.click(button("Give it up"));
  await screen.findByText("The replacement for deepidv main was given up");
  expect(backend.rotations.isUnderWay("deepidv/main")).toBe(false);
});

test("a rotation that cannot be loaded says so, and trying again recovers", async () => {
  const { backend, user } = await openAt("deepidv main", (given) =>
    given.fail("show_rotation", failure("timeout", "the agent did not answer")),
  );
  await user.keyboard("{Control>}r{/Control}");
  const dialog = await screen.findByRole("dialog");
  await within(dialog).findByText("The agent did not answer.");
  backend.mend("show_rotation");
  await user.click(within(dialog).getByRole("button", { name: "Try again" }));
  await within(dialog).findByText("Before you begin");
});

test("a compromised key: what happens is told first, then the emergency stands in the wizard", async () => {
  const { backend, user } = await openAt("reports");
  await user.click(screen.getByRole("button", { name: "More actions" }));
  await user.click(screen.getByRole("menuitem", { name: /Key is compromised/ }));
  const ask = await screen.findByRole("dialog");
  expect(ask.textContent).toContain("It cannot end the key");
  expect(backend.called("advance_rotation")).toEqual([]);
  await user.type(within(ask).getByLabelText(/^What happened/), "In a public log");
  await user.click(within(ask).getByRole("button", { name: "It is compromised" }));

  const title = await screen.findByText("This key is compromised", { selector: "dialog *" });
  const dialog = title.closest("dialog") as HTMLElement;
  expect(dialog.textContent).toContain("The old key lives until the provider ends it.");
  expect(dialog.textContent).toContain("In a public log");
  expect(dialog.textContent).toContain("support@deepcurrent.example");
  await user.click(within(dialog).getByRole("button", { name: "Copy the text" }));
  await user.click(within(dialog).getByRole("button", { name: "Copy the report" }));
  await waitFor(() => expect(backend.called("copy_text")).toHaveLength(2));
  expect(JSON.stringify(backend.called("copy_text"))).toContain("# Incident: deepcurrent/reports");
  await user.click(button("Go on later"));
  await waitFor(() =>
    expect(screen.getByRole("article").textContent).toContain("This key is compromised"),
  );
});

test("the record of an emergency is offered once more when it is over", async () => {
  const { backend, user, dialog } = await openWizard("deepidv main", (given) => {
    const reference = "deepidv/main";
    const by_word = true;
    given.rotations.advance({ reference, step: { compromised: { note: null } } });
    given.rotations.advance({ reference, step: { store: { secrets: { api_key: CANARY } } } });
    given.rotations.advance({ reference, step: { verify: { by_word } } });
    given.rotations.advance({ reference, step: { promote: { by_word } } });
  });
  await user.click(within(dialog).getByLabelText("The old key is ended at the provider."));
  await user.click(button("Retire it"));
  await step("The key is replaced");
  await user.click(button("Copy the report"));
  await within(dialog).findByText("Copied. It holds no secret.");
  expect(JSON.stringify(backend.called("copy_text"))).toContain("# Incident: deepidv/main");
});

test("locking forgets the rotation and closes the wizard", async () => {
  const { backend } = await openWizard("deepidv main");
  backend.state = "locked";
  backend.emit("locked");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.body.textContent).not.toContain("Admin Console");
});
