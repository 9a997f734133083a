/** What a provider asks of its users: its list of addresses and its checklist, as tabs of the detail. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, type Opened } from "./window";

async function openTab(name: RegExp, search = "deepvue main"): Promise<Opened> {
  const opened = await openAt(search);
  await opened.user.click(await screen.findByRole("tab", { name }));
  // A chunk of its own, loaded when it is first opened.
  await screen.findByText(
    /403|Before production/,
    { selector: ".notice p, h2" },
    { timeout: 10_000 },
  );
  return opened;
}

test("tabs are one stop, follow the arrow keys, and those of rules stand where a provider has some", async () => {
  const { user } = await openAt("deepvue main");
  const overview = screen.getByRole("tab", { name: "Overview" });
  overview.focus();
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement?.textContent.trim()).toBe("Snippets");
  await user.keyboard("{End}");
  expect(document.activeElement?.textContent).toMatch(/^\s*Checklist 5\/8/);
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(overview);
  await user.clear(screen.getByLabelText("Search credentials"));
  await user.type(screen.getByLabelText("Search credentials"), "deepidv main{ArrowDown}");
  await waitFor(() => expect(screen.queryByRole("tab", { name: /IP list|Checklist/ })).toBeNull());
  expect(screen.getByRole("tab", { name: "Notes" })).toBeTruthy();
});

test("dv9 the list shows address, label, kind and day, and warns of one that changes", async () => {
  await openTab(/IP list/);
  const row = (await screen.findByText("203.0.113.7")).closest("tr");
  expect(row?.textContent).toMatch(/Production NAT gateway\s*NAT\s*2 Mar 2026/);
  expect(screen.getByText(/192\.0\.2\.44: Do not list dynamic addresses/)).toBeTruthy();
});

test("dv9 an address is recorded and taken off, and a wrong one is told of beside its field", async () => {
  const { backend, user } = await openTab(/IP list/, "nightly");
  await screen.findByText("No address is recorded.");
  await user.click(screen.getByRole("button", { name: "Add address" }));
  const field = screen.getByLabelText("Address or range");
  expect(document.activeElement).toBe(field);
  await user.type(field, "my server");
  await user.click(screen.getByRole("button", { name: "Add address" }));
  await screen.findByText("This is no IP address and no range.");
  expect(backend.called("edit_allow_list")).toEqual([]);
  await user.clear(field);
  await user.type(field, "203.0.113.0/24");
  await user.selectOptions(screen.getByLabelText("Kind"), "dynamic");
  await screen.findByText(/A dynamic address changes/);
  await user.type(screen.getByLabelText(/^What it is/), "Office");
  await user.click(screen.getByRole("button", { name: "Add address" }));
  await screen.findByText("203.0.113.0/24");
  expect(backend.called("edit_allow_list")).toMatchObject([
    { reference: "deepvue/nightly-batch", add: { kind: "dynamic", label: "Office" }, remove: null },
  ]);
  await user.click(screen.getByRole("button", { name: "Take 203.0.113.0/24 off" }));
  await screen.findByText("No address is recorded.");
});

test("dv9 the user says whether this machine is listed, and how the two tests went", async () => {
  const { backend, user } = await openTab(/IP list/);
  const machine = await screen.findByRole("group", { name: /Is this machine/ });
  expect(within(machine).getByRole<HTMLInputElement>("radio", { name: "No" }).checked).toBe(true);
  await user.click(within(machine).getByRole("radio", { name: "Yes" }));
  await waitFor(() =>
    expect(backend.called("edit_allow_list")).toMatchObject([{ this_machine: "yes" }]),
  );
  expect(screen.getByText("As expected on 20 Aug 2026")).toBeTruthy();
  await user.click(
    screen.getByRole("button", { name: "From an address that is not listed: not as expected" }),
  );
  await screen.findByText(/^Not as expected on/);
  expect(backend.called("edit_allow_list")[1]).toMatchObject({
    unlisted_test: { outcome: "failed" },
    listed_test: null,
  });
});

test("dv9 an answer about this machine that is refused is taken back", async () => {
  const { backend, user } = await openTab(/IP list/);
  const machine = within(await screen.findByRole("group", { name: /Is this machine/ }));
  const radio = (name: string) => machine.getByRole<HTMLInputElement>("radio", { name });
  await waitFor(() => expect(radio("No").checked).toBe(true));
  backend.fail("edit_allow_list", failure("not_saved", "the disk is full"));
  await user.click(radio("Yes"));
  await screen.findByText("The disk is full.");
  await waitFor(() => expect(radio("No").checked).toBe(true));
  expect(radio("Yes").checked).toBe(false);
});

test("dv9 the ready text for support is copied", async () => {
  const { backend, user } = await openTab(/IP list/);
  await user.click(await screen.findByRole("button", { name: "Copy text" }));
  await screen.findByText("Text for support copied");
  const [copied] = backend.called("copy_text") as [{ text: string }];
  expect(copied.text).toContain("203.0.113.7 (Production NAT gateway)");
});

test("dv12 what Keyturn sees cannot be ticked; the rest is ticked with a day", async () => {
  const { backend, user } = await openTab(/Checklist/);
  await screen.findByText("5 of 8 done");
  expect(screen.queryByRole("checkbox", { name: "All API calls use HTTPS" })).toBeNull();
  expect(screen.getAllByText("Keyturn sees it").length).toBe(4);
  await user.click(screen.getByRole("checkbox", { name: /Incident response plan/ }));
  await screen.findByText("6 of 8 done");
  expect(screen.getByText(/^You, on 22 Nov 2026/)).toBeTruthy();
  await user.click(screen.getByRole("checkbox", { name: /Incident response plan/ }));
  await screen.findByText("5 of 8 done");
  expect(backend.called("tick_checklist")).toEqual([
    { reference: "deepvue/main", item: "incident", done: true },
    { reference: "deepvue/main", item: "incident", done: false },
  ]);
});

test("dv12 a tick that is refused is taken back, also of what is due again", async () => {
  const { backend, user } = await openTab(/Checklist/);
  const box = (name: RegExp) => screen.getByRole<HTMLInputElement>("checkbox", { name });
  await screen.findByText("5 of 8 done");
  backend.fail("tick_checklist", failure("not_saved", "the disk is full"));
  await user.click(box(/Incident response plan/));
  await screen.findByText("The disk is full.");
  await waitFor(() => expect(box(/Incident response plan/).checked).toBe(false));
  await user.click(box(/API usage monitoring/));
  await waitFor(() => expect(box(/API usage monitoring/).indeterminate).toBe(true));
  expect(box(/API usage monitoring/).checked).toBe(false);
});

test("dv14 monitoring is due again, and says since when", async () => {
  await openTab(/Checklist/);
  const item = (await screen.findByLabelText(/API usage monitoring/)).closest("li");
  expect(item?.textContent).toMatch(/Due again\s*You, on 12 Oct 2026, due again since 11 Nov 2026/);
});

test("a list that cannot be loaded says so", async () => {
  const { backend, user } = await openAt("deepvue main");
  backend.fail("show_allow_list", failure("agent_unreachable", "the agent does not answer"));
  await user.click(screen.getByRole("tab", { name: "IP list" }));
  await screen.findByRole("alert", {}, { timeout: 10_000 });
  backend.mend("show_allow_list");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await screen.findByText("203.0.113.7");
});
