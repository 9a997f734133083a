import { screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/inbox/InboxScreen.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openScreen, openWindow, type Opened } from "./window";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const UNREAD = "Unread: deepidv/partner-portal is due in 7 days";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
afterEach(() => void vi.useRealTimers());

function openInbox(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  return openScreen("Inbox", { now: NOW }, prepare);
}

function item(name: string | RegExp) {
  return within(screen.getByRole("article", { name }));
}

test("what was told stands newest first, and the unread is named so", async () => {
  await openInbox();
  const names = (await screen.findAllByRole("article")).map((one) =>
    one.getAttribute("aria-label"),
  );
  expect(names.slice(0, 3)).toEqual([
    "The token of deepvue/nightly-batch expires in 1 h",
    UNREAD,
    "Unread: deepidv/partner-portal is due in 14 days",
  ]);
  expect(screen.getByRole("button", { name: "Inbox, 2 unread reminders" })).toBeTruthy();
});

test("opening one shows its credential and marks it as read", async () => {
  const { backend, user } = await openInbox();
  await screen.findByRole("article", { name: UNREAD });
  await user.click(item(UNREAD).getByRole("button", { name: /^Open: / }));
  expect((await screen.findByRole("article", { busy: false })).textContent).toContain(
    "partner-portal",
  );
  const [call] = backend.called("mark_inbox_read") as { ids: string[] }[];
  expect(call?.ids).toHaveLength(1);
  await screen.findByRole("button", { name: "Inbox, 1 unread reminder" });
});

test("done is noted for the credential, and it is no longer unread", async () => {
  const { backend, user } = await openInbox();
  await screen.findByRole("article", { name: UNREAD });
  await user.click(item(UNREAD).getByRole("button", { name: /^Done: / }));
  await waitFor(() => expect(screen.queryByRole("article", { name: /^Unread/ })).toBeNull());
  expect(backend.called("acknowledge_reminder")).toEqual([{ reference: "deepidv/partner-portal" }]);
  await screen.findByText("All read.");
});

test("snoozing takes a day, three days, a week, or a date", async () => {
  const { backend, user } = await openInbox();
  await screen.findByRole("article", { name: UNREAD });
  for (const [choice, seconds] of [
    ["1 day", 86_400],
    ["3 days", 3 * 86_400],
    ["A week", 7 * 86_400],
  ] as const) {
    await user.click(item(UNREAD).getByRole("button", { name: /^Snooze: / }));
    await user.click(screen.getByRole("menuitem", { name: choice }));
    await waitFor(() =>
      expect(backend.called("snooze_reminder").at(-1)).toEqual({
        reference: "deepidv/partner-portal",
        for_s: seconds,
      }),
    );
  }
  await user.click(item(UNREAD).getByRole("button", { name: /^Snooze: / }));
  await user.click(screen.getByRole("menuitem", { name: "Until a date…" }));
  const field = item(UNREAD).getByLabelText<HTMLInputElement>("Quiet until");
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, "2026-11-20");
  await user.click(item(UNREAD).getByRole("button", { name: "Snooze" }));
  await item(UNREAD).findByText("Choose a day to come.");
  await user.clear(field);
  await user.type(field, "2026-11-25");
  await user.click(item(UNREAD).getByRole("button", { name: "Snooze" }));
  await waitFor(() => expect(backend.called("snooze_reminder")).toHaveLength(4));
  await waitFor(() => expect(item(UNREAD).queryByLabelText("Quiet until")).toBeNull());
  expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^Open: /);
});

test("all are marked as read at once", async () => {
  const { backend, user } = await openInbox();
  await user.click(await screen.findByRole("button", { name: "Mark all read" }));
  await screen.findByText("All read.");
  expect(backend.called("mark_inbox_read")).toEqual([{ ids: [] }]);
  expect(screen.getByRole("button", { name: "Inbox" })).toBeTruthy();
});

test("a system that shows no notifications is said, with what becomes of reminders", async () => {
  await openInbox((backend) => {
    const problem = "no notification service answers";
    backend.reminders.inbox = { ...backend.reminders.inbox, problem };
  });
  await screen.findByText("Your system shows no notifications");
  await screen.findByText("No notification service answers. Reminders wait here meanwhile.");
});

test("what is coming stands in the order of time", async () => {
  await openInbox();
  const coming = within(await screen.findByRole("region", { name: "What is coming" }));
  const first = coming.getAllByRole("listitem")[0]?.textContent ?? "";
  expect(first).toContain("deepidv/partner-portal is due tomorrow");
  expect(first).toContain("26 Nov");
});

test("a long list of what is coming shows the next part when it is asked for", async () => {
  const { user } = await openInbox();
  const coming = within(await screen.findByRole("region", { name: "What is coming" }));
  expect(coming.getAllByRole("listitem")).toHaveLength(10);
  const more = coming.getByRole("button", { name: /^Show \d+ more$/ });
  const amount = Number(/\d+/.exec(more.textContent)?.[0]);
  await user.click(more);
  expect(coming.getAllByRole("listitem")).toHaveLength(10 + amount);
});

test("a reminder that is told while the window is open counts at once", async () => {
  const { backend } = openWindow({ now: NOW });
  await screen.findByRole("button", { name: "Inbox, 2 unread reminders" });
  backend.reminders.inbox = { ...backend.reminders.inbox, unread: 3 };
  backend.emit("reminders_changed");
  await screen.findByRole("button", { name: "Inbox, 3 unread reminders" });
});

test("a refused snooze stands at its reminder", async () => {
  const { user } = await openInbox((backend) =>
    backend.fail("snooze_reminder", failure("not_saved", "the disk is full")),
  );
  await screen.findByRole("article", { name: UNREAD });
  await user.click(item(UNREAD).getByRole("button", { name: /^Snooze: / }));
  await user.click(screen.getByRole("menuitem", { name: "1 day" }));
  expect((await item(UNREAD).findByRole("alert")).textContent).toContain("The disk is full");
});
