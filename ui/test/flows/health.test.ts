import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/health/HealthScreen.svelte";
import "../../src/features/rotation/RotationDialog.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { demoCredentials } from "../../src/ipc/recorded/credentials";
import { RecordedReminders } from "../../src/ipc/recorded/reminders";
import { openScreen, openWindow } from "./window";

test("the gravest kinds stand first, each with what it means and what to do", async () => {
  await openScreen("Health");
  const kinds = (await screen.findAllByRole("heading", { level: 3 })).map((one) =>
    one.textContent.trim().replace(/\s+\d+$/, ""),
  );
  expect(kinds).toEqual([
    "Overdue",
    "The same value more than once",
    "Never replaced",
    "No owner",
    "Unused for 90 days",
  ]);
  const overdue = within(screen.getByRole("region", { name: /^Overdue/ }));
  expect(overdue.getByText(/was to be replaced by/)).toBeTruthy();
  expect(overdue.getByText(/Replace it, or give it a later day/)).toBeTruthy();
  expect(document.body.textContent).not.toContain("`keyturn");
});

test("an owner is set where the finding stands, and the finding goes", async () => {
  const { backend, user } = await openScreen("Health");
  await user.click(
    await screen.findByRole("button", { name: "Set owner: deepidv/partner-portal" }),
  );
  const field = screen.getByLabelText("Owner");
  expect(document.activeElement).toBe(field);
  await user.keyboard("{Enter}");
  expect(screen.getByText("Say who it is.")).toBeTruthy();
  await user.type(field, "Partner team{Enter}");
  await waitFor(() =>
    expect(backend.called("annotate_credential")).toMatchObject([
      { reference: "deepidv/partner-portal", owner: "Partner team", note: null },
    ]),
  );
  await waitFor(() =>
    expect(screen.queryByRole("button", { name: "Set owner: deepidv/partner-portal" })).toBeNull(),
  );
  await waitFor(() => expect(document.activeElement).not.toBe(document.body));
});

test("a refused owner is told beside the field, and what was typed stays", async () => {
  const { user } = await openScreen("Health", {}, (backend) =>
    backend.fail("annotate_credential", failure("not_saved", "the disk is full")),
  );
  await user.click(await screen.findByRole("button", { name: "Set owner: deeply/cloud" }));
  await user.keyboard("Data{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  expect(screen.getByLabelText<HTMLInputElement>("Owner").value).toBe("Data");
  await user.click(screen.getByLabelText("Owner"));
  await user.keyboard("{Escape}");
  expect(screen.getByRole("heading", { name: "Health", level: 1 })).toBeTruthy();
  await waitFor(() =>
    expect(document.activeElement?.getAttribute("aria-label")).toBe("Set owner: deeply/cloud"),
  );
});

test("what is overdue leads into the rotation, and what is reused to its credential", async () => {
  const { user } = await openScreen("Health");
  await user.click(await screen.findByRole("button", { name: "Open credential: deepvue/trial" }));
  expect((await screen.findByRole("article", { busy: false })).textContent).toContain("trial");
  screen.getByRole("listbox").focus();
  await user.keyboard("gh");
  await user.click(await screen.findByRole("button", { name: "Replace the key: deepidv/main" }));
  expect((await screen.findByRole("dialog")).textContent).toContain("deepidv");
});

test("where nothing is found, nothing needs you", async () => {
  const calm = demoCredentials(Date.now())
    .filter((one) => one.ref === "deepcurrent/reports")
    .map((one) => ({ ...one, owner: "Data" }));
  await openScreen("Health", { credentials: calm });
  expect(await screen.findByRole("heading", { name: "Nothing needs you" })).toBeTruthy();
});

test("the sidebar counts findings, and what is grave needs attention", async () => {
  openWindow();
  await screen.findByRole("button", { name: "Health, 11 findings" });
  await screen.findByRole("button", { name: "Needs attention, 5" });
});

test("once the last credential is gone, the sidebar counts nothing", async () => {
  const { backend } = openWindow();
  await screen.findByRole("button", { name: "Health, 11 findings" });
  await screen.findByRole("button", { name: /^Inbox, \d+ unread/ });
  const gone = backend.credentials.map(({ ref }) => ref);
  backend.credentials = [];
  backend.reminders = RecordedReminders.of([], Date.now());
  for (const reference of gone) backend.emit({ credential_changed: reference });
  await screen.findByText("Add your first credential");
  await screen.findByRole("button", { name: "Health" });
  await screen.findByRole("button", { name: "Inbox" });
});

test("a failure is told there, and looking again mends it", async () => {
  const { backend, user } = await openScreen("Health", {}, (given) =>
    given.fail("show_health", failure("agent_unreachable", "the agent did not answer")),
  );
  await screen.findByRole("alert");
  backend.mend("show_health");
  await user.click(screen.getByRole("button", { name: "Look again" }));
  await screen.findByRole("heading", { name: /^Overdue/ });
  expect(screen.queryByRole("alert")).toBeNull();
});
