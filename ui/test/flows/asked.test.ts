/** What was asked with a credential: the history, two answers side by side, and the checks that are run. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { openAnswer, sent } from "./desk";
import { openAt, type Opened } from "./window";

async function history(): Promise<Opened> {
  const opened = await openAnswer();
  await opened.user.click(screen.getByRole("tab", { name: "History" }));
  await screen.findByRole("listbox", { name: /^Requests/ });
  return opened;
}
const entries = (): string[] =>
  screen.queryAllByRole("option", { name: /\/v1\// }).map((row) => row.textContent ?? "");

test("the history is searched and narrowed, and a kept request is sent again as it was", async () => {
  const opened = await history();
  expect(entries()).toHaveLength(7);
  await opened.user.selectOptions(screen.getByLabelText("Which of them"), "failed");
  await waitFor(() => expect(entries()).toHaveLength(4));
  await opened.user.selectOptions(screen.getByLabelText("Which of them"), "all");
  await opened.user.type(screen.getByRole("textbox", { name: "Search the history" }), "4821");
  await waitFor(() => expect(entries()).toHaveLength(1));
  await opened.user.keyboard("{ArrowDown}{Enter}");
  await screen.findByText("pan_number=AAAPT0002F");
  await opened.user.click(screen.getByRole("button", { name: "Send again" }));
  await waitFor(() =>
    expect(sent(opened)).toMatchObject([
      { request: { method: "GET", query: [{ name: "pan_number", value: "AAAPT0002F" }] } },
    ]),
  );
});

test("what was not kept is filled in before it is sent, and says what is missing", async () => {
  const opened = await history();
  await opened.user.click(screen.getByText(/^today.*88 ms|^.*88 ms/));
  await opened.user.click(await screen.findByRole("button", { name: "Fill in and send…" }));
  expect(sent(opened)).toHaveLength(0);
  await screen.findAllByText(/the value of “pan_number”/);
});

test("two answers are compared, and one that was not kept says so", async () => {
  const opened = await history();
  const option = (at: number): HTMLElement => {
    const found = screen.getAllByRole("option", { name: /\/v1\// })[at];
    if (found === undefined) throw new Error("there is no such row");
    return found;
  };
  await opened.user.click(option(0));
  await opened.user.click(await screen.findByRole("button", { name: "Compare with…" }));
  await screen.findByText("Choose the answer to compare it with.");
  await opened.user.click(option(2));
  expect((await screen.findByRole("alert")).textContent).toContain("was not kept");
  await opened.user.click(option(1));
  await screen.findByRole("table", { name: "Facts" });
  expect(opened.backend.called("compare_answers")).toEqual([
    { left: { kept: ["deepvue/main", "9"] }, right: { kept: ["deepvue/main", "8"] } },
  ]);
  expect(screen.getByText('"category": "person"', { exact: false }).closest(".added")).toBeTruthy();
  await opened.user.keyboard("{Escape}");
  await screen.findByRole("listbox", { name: /^Requests/ });
});

test("one is forgotten after a question, which says that a kept one goes whole, and so are all", async () => {
  const opened = await history();
  const look = async (at: number): Promise<HTMLElement> => {
    await opened.user.click(screen.getAllByRole("option", { name: /\/v1\// })[at] as HTMLElement);
    await opened.user.click(await screen.findByRole("button", { name: "Forget…" }));
    return screen.findByRole("dialog", { name: "Forget this request?" });
  };
  const kept = await look(0);
  expect(kept.textContent).toContain("and its answer, which you kept, are deleted");
  await opened.user.click(within(kept).getByRole("button", { name: "Cancel" }));
  expect(opened.backend.called("forget_exchanges")).toEqual([]);
  await opened.user.keyboard("{Escape}");
  const noted = await look(6);
  await opened.user.click(within(noted).getByRole("button", { name: "Forget" }));
  await waitFor(() => expect(entries()).toHaveLength(6));
  await opened.user.click(screen.getByRole("button", { name: "Forget all…" }));
  const dialog = await screen.findByRole("dialog");
  await opened.user.click(within(dialog).getByRole("button", { name: "Forget all" }));
  await screen.findByText(/^Nothing was asked with this credential yet/);
  expect(opened.backend.called("forget_exchanges")).toEqual([
    { reference: "deepvue/main", id: "3" },
    { reference: "deepvue/main", id: null },
  ]);
});

test("what was only noted says beside its button that headers given by hand are not in it", async () => {
  const opened = await history();
  await opened.user.click(screen.getAllByRole("option", { name: /\/v1\// })[4] as HTMLElement);
  await screen.findByRole("button", { name: "Send again" });
  await screen.findByText("Headers given by hand were not noted: it is sent without them.");
});

test("a credential's checks are run from its overview, and say what failed", async () => {
  const { backend, user } = await openAt("deepvue main");
  const run = await screen.findByRole("button", { name: "Check now" });
  const passed = (await backend.run_checks({ reference: "deepvue/main", confirmed: false }))[0];
  if (passed === undefined) throw new Error("the recorded backend checks nothing");
  const [check] = passed.checks;
  backend.checked = [
    passed,
    {
      ...passed,
      request: "Orders",
      outcome: "failed",
      status: 503,
      meaning: "the service is down",
      checks: check === undefined ? [] : [{ ...check, passed: false, got: "503" }],
    },
    { ...passed, request: "Pay", outcome: "not_run", why: "it may change something", checks: [] },
  ];
  await user.click(run);
  const card = await screen.findByRole("region", { name: "Does it still work?" });
  await within(card).findByText("The service is down.");
  expect(within(card).getByText("status is 2xx: there was 503")).toBeTruthy();
  expect(within(card).getByText("It may change something.")).toBeTruthy();
  expect(within(card).getByRole("status").textContent).toBe(
    "Checked: 1 passed, 1 failed, 1 not run.",
  );
  expect(backend.called("run_checks").at(-1)).toEqual({
    reference: "deepvue/main",
    confirmed: false,
  });
});
