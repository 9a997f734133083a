/** What the composer does with keys, pasted addresses, files and what is taken back. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { save, saveAs } from "../../src/features/tester/saving.svelte";
import { tester } from "../../src/features/tester/tester.svelte";
import { fill, openTester, paste, path, sent, tab } from "./desk";
import { openWindow } from "./window";

const MIB = 1024 * 1024;

function file(name: string, bytes: number): File {
  return new File([new Uint8Array(bytes)], name);
}

function value(label: string): string {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

test("Esc closes an open list and nothing else; the next one takes the request back", async () => {
  const opened = await openTester();
  const { user, backend } = opened;
  backend.hanging = true;
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("button", { name: /^Cancel/ });
  await user.click(screen.getByRole("combobox", { name: "Credential" }));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("listbox", { name: "Credential" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "More for this request" }));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("menu")).toBeNull();
  expect(backend.called("tester_cancel")).toHaveLength(0);
  await user.keyboard("{Escape}");
  expect(backend.called("tester_cancel")).toHaveLength(1);
});

test("a pasted address is all that is asked, and a query that is typed is added to the others", async () => {
  await openTester();
  expect(value("Query: name 1")).toBe("pan_number");
  await fill(path(), "/v1/orders?limit=20");
  path().dispatchEvent(new Event("change", { bubbles: true }));
  await waitFor(() => expect(value("Query: name 2")).toBe("limit"));
  expect(value("Query: name 1")).toBe("pan_number");
  await paste("https://production.deepvue.tech:443/v1/status");
  expect(path().value).toBe("/v1/status");
  expect(tester.draft.request().query).toEqual([]);
});

test("what is wrong with an address of the own host is said, and its path is taken below the base", async () => {
  const { user } = await openTester();
  await paste("http://production.deepvue.tech/v1/a?b=c");
  await screen.findByText("production.deepvue.tech is not asked in clear text");
  await user.click(screen.getByRole("button", { name: "Take the path alone" }));
  expect([path().value, value("Query: value 1")]).toEqual(["/v1/a", "c"]);
  expect(document.activeElement).toBe(path());
  await paste("https://me:word@production.deepvue.tech/v1/b");
  await screen.findByText("There is a name or password in the address");
});

test("files that are too large together are refused before they are read, with their sum", async () => {
  const opened = await openTester();
  const { user, backend } = opened;
  await tab(opened, "Body");
  await user.selectOptions(screen.getByLabelText("Body", { selector: "select" }), "Multipart form");
  for (const place of [1, 2]) {
    await user.selectOptions(screen.getByLabelText(`What part ${place} is`), "File");
    await user.upload(screen.getByLabelText(`File of part ${place}`), file(`${place}`, 6 * MIB));
  }
  await screen.findByText(/^It has 12,582,912 bytes/);
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(sent(opened)).toHaveLength(0);
  expect(tester.failure?.message).toMatch(/^It has 12,582,912 bytes\. At most 10 MiB/);
  expect(screen.getAllByText(/^It has/)).toHaveLength(2);
  await user.click(screen.getAllByRole("checkbox", { name: /^Send row/ })[0] as HTMLElement);
  // What was said of the last sending stays where its answer would be.
  expect(screen.getAllByText(/^It has/)).toHaveLength(1);
  backend.hanging = true;
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(opened)[0]?.files.map(([name]) => name)).toEqual(["2"]));
});

test("a file that is too large is told beside the one that stays chosen", async () => {
  const opened = await openTester();
  const { user } = opened;
  await tab(opened, "Body");
  await user.selectOptions(screen.getByLabelText("Body", { selector: "select" }), "File");
  const field = screen.getByLabelText("The file that is sent");
  await user.upload(field, file("good.bin", 3));
  await user.upload(field, file("long.bin", 10 * MIB + 1));
  await screen.findByText(/^long\.bin was not taken: it is larger than 10 MiB/);
  screen.getByText("good.bin, 3 bytes");
  expect(tester.draft.file).toBe("good.bin");
  await user.upload(field, file("other.bin", 4));
  await screen.findByText("other.bin, 4 bytes");
  expect(screen.queryByText(/was not taken/)).toBeNull();
});

test("the credential that nobody chose is named, and one that was selected is not", async () => {
  const opened = openWindow();
  await screen.findByRole("listbox");
  await opened.user.click(screen.getByRole("button", { name: "Requests" }));
  const note = await screen.findByText(/ is the first of your credentials\.$/);
  const first = screen.getByRole<HTMLInputElement>("combobox", { name: "Credential" }).value;
  expect(note.textContent).toBe(`None was selected: ${first} is the first of your credentials.`);
  await tester.open("deepidv/main");
  await waitFor(() => expect(screen.queryByText(/first of your credentials/)).toBeNull());
});

test("a saved request that was changed is chosen again from the list to be as it was saved", async () => {
  const { user } = await openTester();
  await saveAs("Alive", null);
  await fill(path(), "/v1/other");
  const list = screen.getByLabelText<HTMLSelectElement>("Request");
  await waitFor(() => expect(list.selectedOptions[0]?.text).toBe("Alive, changed"));
  await user.selectOptions(list, "Alive");
  expect(path().value).toBe("/v1/verification/panbasic");
  expect([tester.draft.saved, tester.draft.changed]).toEqual(["Alive", false]);
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(path().value).toBe("/v1/other"));
  expect([tester.draft.saved, tester.draft.changed]).toEqual(["Alive", true]);
  expect(await save()).toBe(true);
});

test("what is removed by key leaves the focus at what takes its place", async () => {
  const opened = await openTester();
  const { user } = opened;
  const remove = async (scope: HTMLElement, name: RegExp): Promise<void> => {
    within(scope).getAllByRole("button", { name })[0]?.focus();
    await user.keyboard("{Enter}");
  };
  const at = (): string | null | undefined => document.activeElement?.getAttribute("aria-label");
  await tab(opened, "Body");
  await user.selectOptions(screen.getByLabelText("Body", { selector: "select" }), "Multipart form");
  await fill(screen.getByLabelText("Name of part 1"), "a");
  await fill(screen.getByLabelText("Name of part 2"), "b");
  await remove(screen.getByRole("list", { name: "Multipart form" }), /^Remove/);
  await waitFor(() => expect(at()).toBe("Name of part 1"));
  expect(value("Name of part 1")).toBe("b");
  await tab(opened, "Checks");
  for (const name of ["Status", "Time"]) {
    await user.click(screen.getByRole("button", { name: "Add a check" }));
    await user.click(screen.getByRole("menuitem", { name }));
  }
  await remove(screen.getByRole("list", { name: "Checks" }), /^Remove check 2/);
  await waitFor(() => expect(at()).toBe("Remove check 1"));
  await user.keyboard("{Enter}");
  const add = screen.getByRole("button", { name: "Add a check" });
  await waitFor(() => expect(document.activeElement).toBe(add));
});
