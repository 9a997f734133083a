import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/activity/ActivityScreen.svelte";
import { navigation } from "../../src/features/navigation/navigation.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openScreen, openWindow } from "./window";

const lines = (): HTMLElement[] =>
  screen.queryAllByRole("button").filter((one) => one.hasAttribute("aria-expanded"));

test("it is by day, the newest first, and says who did what with which credential", async () => {
  await openScreen("Activity");
  await waitFor(() => expect(lines().length).toBe(100));
  const days = within(screen.getByRole("main"))
    .getAllByRole("heading", { level: 2 })
    .map((one) => one.textContent);
  expect(days[0]).toMatch(/^(Today|Yesterday)$/);
  expect(new Set(days).size).toBe(days.length);
  expect(lines()[0]?.textContent).toMatch(/Token handed out.*by make/s);
  expect(lines().some((line) => line.textContent.includes("Keyturn by itself"))).toBe(true);
});

test("the journal is proven as it opens, and again when asked", async () => {
  const { backend, user } = await openScreen("Activity");
  await screen.findByText(/^The journal is whole since .+ proven, none is changed or missing\.$/);
  backend.journal.problem = "an entry was changed, left out, put in or moved";
  await user.click(screen.getByRole("button", { name: "Verify" }));
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The journal is not whole");
  expect(alert.textContent).toContain("7 entries are proven");
});

test("a line opens to the request, the version and the programs behind it", async () => {
  const { user } = await openScreen("Activity");
  await waitFor(() => expect(lines().length).toBeGreaterThan(0));
  const bought = lines().find((line) => line.textContent.includes("Token bought"));
  if (bought === undefined) throw new Error("no token was bought");
  await user.click(bought);
  expect(bought.getAttribute("aria-expanded")).toBe("true");
  const facts = await screen.findByRole("list", { name: "Details: Token bought" });
  expect(facts.textContent).toContain("production.deepvue.tech/v1/authorize, answered 200");
  expect(facts.textContent).toContain("Started by: keyturn, keeping fresh");
});

test("it is narrowed to a credential and a kind, and to everything again", async () => {
  const { backend, user } = await openScreen("Activity");
  await waitFor(() => expect(lines().length).toBe(100));
  await user.selectOptions(screen.getByLabelText("Credential"), "deepvue/main");
  await waitFor(() => expect(lines().length).toBeLessThan(20));
  await user.selectOptions(screen.getByLabelText("What was done"), "copied");
  await waitFor(() => expect(lines()).toHaveLength(1));
  expect(backend.called("list_journal").at(-1)).toMatchObject({
    reference: "deepvue/main",
    kinds: ["copied"],
  });
  await user.selectOptions(screen.getByLabelText("What was done"), "deleted");
  await screen.findByText("Nothing fits this filter.");
  await user.click(screen.getByRole("button", { name: "Show everything" }));
  await waitFor(() => expect(lines().length).toBe(100));
});

test("what it is narrowed to is meant all the same when names are hidden, and shown again", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  navigation.go("activity", "deepvue/main");
  const filter = (): HTMLSelectElement => screen.getByLabelText<HTMLSelectElement>("Credential");
  await waitFor(() => expect(filter().value).toBe("deepvue/main"));
  const asked = (): unknown => backend.called("list_journal").at(-1);
  for (const shown of [/^deepvue\/credential-\d+$/, /^deepvue\/main$/]) {
    const before = backend.called("list_journal").length;
    await user.keyboard("{Control>}{Shift>}m{/Shift}{/Control}");
    await waitFor(() => expect(filter().value).toMatch(shown));
    await waitFor(() => expect(backend.called("list_journal").length).toBeGreaterThan(before));
    expect(asked()).toMatchObject({ reference: "deepvue/main" });
    await waitFor(() => expect(lines().length).toBeGreaterThan(0));
  }
});

test("older ones come a page at a time, each once", async () => {
  const { backend, user } = await openScreen("Activity");
  await waitFor(() => expect(lines().length).toBe(100));
  await user.click(screen.getByRole("button", { name: "Show older" }));
  await waitFor(() => expect(lines().length).toBe(backend.journal.entries.length));
  expect(screen.queryByRole("button", { name: "Show older" })).toBeNull();
});

test("an empty journal and one that cannot be read both say so", async () => {
  const { backend, user } = await openScreen("Activity", {}, (one) => {
    one.journal.entries = [];
    one.fail("list_journal", failure("agent_unreachable", "the agent did not answer"));
  });
  const alert = await screen.findByRole("alert");
  backend.mend("list_journal");
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await screen.findByRole("heading", { name: "Nothing was done yet" });
});
