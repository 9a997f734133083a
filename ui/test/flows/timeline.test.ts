import { screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/timeline/TimelineScreen.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openScreen, openWindow, type Opened } from "./window";

/** A day on which no month of the demo's dates is a matter of chance. */
const NOW = Date.parse("2026-11-22T12:00:00Z");

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
afterEach(() => void vi.useRealTimers());

function openTimeline(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  return openScreen("Timeline", { now: NOW }, prepare);
}

async function lanes(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  const opened = await openTimeline(prepare);
  await screen.findByRole("grid");
  await waitFor(() => expect(focused()).not.toBe(""));
  return opened;
}

function focused(): string {
  return document.activeElement?.getAttribute("aria-label") ?? "";
}

/** Goes to the lane of the key that is due in five days, onto its name. */
async function toPartner(opened: Opened): Promise<void> {
  await opened.user.keyboard("{Control>}{Home}{/Control}{Home}{ArrowLeft}{ArrowDown}");
  await waitFor(() => expect(focused()).toMatch(/^deepidv\/partner-portal, due /));
}

test("G then T opens it with the focus on the lanes, and Esc leads back to the list", async () => {
  const { user } = await lanes();
  expect(screen.getByRole("grid").contains(document.activeElement)).toBe(true);
  await user.keyboard("{Escape}");
  const list = await screen.findByRole("listbox");
  await waitFor(() => expect(document.activeElement).toBe(list));
});

test("the arrow keys walk a lane's events, each read with its day and distance", async () => {
  const opened = await lanes();
  await toPartner(opened);
  await opened.user.keyboard("{End}");
  await waitFor(() =>
    expect(focused()).toBe("deepidv/partner-portal, due, 27 November 2026, in 5 days"),
  );
  await opened.user.keyboard("{ArrowLeft}");
  await waitFor(() =>
    expect(focused()).toBe("deepidv/partner-portal, reminder, 26 November 2026, in 4 days"),
  );
  await opened.user.keyboard("{Home}");
  await waitFor(() =>
    expect(focused()).toMatch(/^deepidv\/partner-portal, issued, 29 August 2026/),
  );
  await opened.user.keyboard("t");
  await waitFor(() => expect(focused()).toContain("reminder, 26 November 2026"));
});

test("of all cells one is a Tab stop, also when the axis turns away from it", async () => {
  const opened = await lanes();
  await toPartner(opened);
  await opened.user.keyboard("{End}");
  const stops = (): Element[] => [...screen.getByRole("grid").querySelectorAll("[tabindex='0']")];
  await waitFor(() => expect(stops()).toHaveLength(1));
  await opened.user.click(screen.getByRole("button", { name: "Later" }));
  await opened.user.click(screen.getByRole("button", { name: "Later" }));
  await waitFor(() =>
    expect(stops().map((one) => one.getAttribute("role"))).toEqual(["rowheader"]),
  );
});

test("+ and - zoom, and the range that is shown is told", async () => {
  const { user } = await lanes();
  const mode = (name: string): HTMLInputElement => screen.getByRole("radio", { name });
  await user.click(mode("Month"));
  screen.getByRole("grid").querySelector<HTMLElement>("[tabindex='0']")?.focus();
  await user.keyboard("-");
  await waitFor(() => expect(mode("Quarter").checked).toBe(true));
  await user.keyboard("++");
  await waitFor(() => expect(mode("Week").checked).toBe(true));
  expect(screen.getByText(/^Shown: .+ 2026$/)).toBeTruthy();
});

test("Enter opens the credential", async () => {
  const opened = await lanes();
  await toPartner(opened);
  await opened.user.keyboard("{Enter}");
  const shown = await screen.findByRole("article", { busy: false });
  expect(shown.textContent).toContain("partner-portal");
  expect(screen.queryByRole("grid")).toBeNull();
});

test("S leads to the date until which the reminders are quiet, and a late one is warned of", async () => {
  const opened = await lanes();
  await toPartner(opened);
  await opened.user.keyboard("{End}s");
  const field = screen.getByLabelText<HTMLInputElement>("Quiet until");
  expect(document.activeElement).toBe(field);
  await opened.user.click(screen.getByRole("button", { name: "Snooze" }));
  await screen.findByText("Choose a day.");
  expect(opened.backend.called("snooze_reminder")).toEqual([]);
  const far = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await opened.user.type(field, far);
  const loads = opened.backend.called("show_timeline").length;
  await opened.user.click(screen.getByRole("button", { name: "Snooze" }));
  await waitFor(() => expect(opened.backend.called("snooze_reminder")).toHaveLength(1));
  const [call] = opened.backend.called("snooze_reminder") as { reference: string; for_s: number }[];
  expect(call?.reference).toBe("deepidv/partner-portal");
  expect(call?.for_s).toBeGreaterThan(18 * 86_400);
  await screen.findByText(/The key is due on/);
  await waitFor(() => expect(focused()).toContain("partner-portal, due"));
  await waitFor(() => expect(opened.backend.called("show_timeline")).toHaveLength(loads + 1));
});

test("a refused snooze stands at its lane, and what was typed stays", async () => {
  const opened = await lanes((backend) =>
    backend.fail("snooze_reminder", failure("not_saved", "the disk is full")),
  );
  await toPartner(opened);
  await opened.user.keyboard("{End}s");
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const field = screen.getByLabelText<HTMLInputElement>("Quiet until");
  await opened.user.type(field, day);
  await opened.user.click(screen.getByRole("button", { name: "Snooze" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
  expect(field.value).toBe(day);
});

test("the list has the same lanes as a table that is sorted by its heads", async () => {
  const { user } = await openTimeline();
  await user.click(await screen.findByRole("radio", { name: "List" }));
  const table = await screen.findByRole("table");
  const first = (): string => within(table).getAllByRole("rowheader")[0]?.textContent.trim() ?? "";
  expect(within(table).getAllByRole("rowheader")).toHaveLength(10);
  expect(first()).toBe("deepidv/main");
  await user.click(within(table).getByRole("button", { name: "Due" }));
  expect(first()).toBe("deepcurrent/reports");
  expect(within(table).getByRole("columnheader", { name: "Due" }).getAttribute("aria-sort")).toBe(
    "descending",
  );
  expect(table.textContent).toContain("Old and new both work since 20 November 2026");
  await user.click(screen.getByRole("radio", { name: "Month" }));
});

test("a filter by due day or name narrows the lanes, and an empty one offers all again", async () => {
  const { user } = await openTimeline();
  await user.click(await screen.findByRole("radio", { name: "List" }));
  await user.selectOptions(screen.getByLabelText("Due within"), "30");
  const names = (): string[] =>
    screen.getAllByRole("rowheader").map((head) => head.textContent.trim());
  await waitFor(() => expect(names()).toEqual(["deepidv/main", "deepidv/partner-portal"]));
  await user.type(screen.getByLabelText("Filter by name"), "zebra");
  await screen.findByText("No lane fits this filter.");
  await user.click(screen.getByRole("button", { name: "Show all" }));
  await waitFor(() => expect(names()).toHaveLength(10));
  await user.click(screen.getByRole("radio", { name: "Month" }));
});

test("the next rotation is said in a sentence", async () => {
  await lanes();
  screen.getByText(
    "1 key is overdue. Next rotation: deepidv/partner-portal on 27 November 2026, in 5 days.",
  );
});

test("an empty timeline says what will stand there", async () => {
  const { user } = openWindow({ credentials: [] });
  await screen.findByText("Add your first credential");
  await user.click(screen.getByRole("button", { name: "Timeline" }));
  await screen.findByText("There is nothing on the timeline yet.");
});

test("the calendar file has names only when they are asked for", async () => {
  const { backend, user } = await lanes();
  await user.click(screen.getByRole("button", { name: "Calendar file…" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Write the file" }));
  await dialog.findByText(/Written to .*\.ics/);
  await user.click(dialog.getByLabelText("With the names of credentials"));
  await user.click(dialog.getByRole("button", { name: "Write the file" }));
  await waitFor(() =>
    expect(backend.called("export_calendar")).toEqual([
      { with_names: false },
      { with_names: true },
    ]),
  );
});

test("a failure stands there, and trying again shows the lanes", async () => {
  const { backend, user } = await openTimeline((given) =>
    given.fail("show_timeline", failure("agent_unreachable", "the agent did not answer")),
  );
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The agent does not answer");
  backend.mend("show_timeline");
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await screen.findByRole("grid");
});

test("a change from elsewhere shows at once, and locking empties the page", async () => {
  const { backend } = await lanes();
  backend.credentials = backend.credentials.filter((one) => one.ref !== "deepidv/main");
  backend.emit({ credential_changed: "deepidv/main" });
  await screen.findByText(/^Next rotation: deepidv\/partner-portal/);
  backend.state = "locked";
  backend.emit("locked");
  await screen.findByText(/from another window or terminal/);
  expect(document.body.textContent).not.toContain("partner-portal");
});
