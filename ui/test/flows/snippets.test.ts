/** The snippets of a credential: code without secrets, and warnings where one would run in a page. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/snippets/SnippetsPage.svelte";
import "../../src/features/snippets/WithKeyDialog.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt, type Opened } from "./window";

async function openSnippets(search: string): Promise<Opened> {
  const opened = await openAt(search);
  await opened.user.click(screen.getByRole("tab", { name: "Snippets" }));
  await screen.findByLabelText("Form");
  return opened;
}

async function form(opened: Opened, name: string): Promise<string> {
  await opened.user.selectOptions(screen.getByLabelText("Form"), name);
  return (await screen.findByRole("region", { name })).textContent;
}

test("x9 each form reads the environment, and is copied as a text", async () => {
  const opened = await openSnippets("deepvue main");
  for (const name of ["cURL", "HTTPie", "Python", "JavaScript (server)", "PowerShell"])
    expect(await form(opened, name)).toContain("DEEPVUE_ACCESS_TOKEN");
  await form(opened, "Python");
  await opened.user.click(screen.getByRole("button", { name: "Copy" }));
  await screen.findByText("Python copied; no secret is in it");
  expect(JSON.stringify(opened.backend.called("copy_text"))).toContain("os.environ");
  expect(opened.backend.called("copy_secret")).toEqual([]);
});

test("x6 forms that could run in a browser or a mobile app are warned of, for a token", async () => {
  const opened = await openSnippets("deepvue main");
  await form(opened, "Python");
  expect(screen.queryByText("Never in a browser or a mobile app")).toBeNull();
  for (const name of ["JavaScript (server)", "Browser or mobile app"]) {
    await form(opened, name);
    await screen.findByText("Never in a browser or a mobile app");
    await screen.findByText(/keep it on your server/);
  }
});

test("x6 di8 for a key the warning says what its provider says, and the page's form holds no key", async () => {
  const opened = await openSnippets("deepidv main");
  const code = await form(opened, "Browser or mobile app");
  await screen.findByText(/never expose it in frontend code/);
  expect(code).not.toContain("DEEPIDV_API_KEY");
  expect(code).not.toContain("x-api-key");
});

test("cURL with the key is asked for first, and comes with a warning", async () => {
  const { backend, user } = await openSnippets("deepvue main");
  await user.click(screen.getByRole("button", { name: "Copy cURL with the key…" }));
  const dialog = await screen.findByRole("dialog");
  expect(backend.called("copy_secret")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Copy with the key" }));
  await screen.findByText(/A long-lived secret is in it/);
  expect(backend.called("copy_secret")).toEqual([
    { target: "deepvue/main/token", format: "curl", with_key: true },
  ]);
});

test("where no request carries a key beside the token, none is offered", async () => {
  await openSnippets("deepidv main");
  expect(screen.queryByRole("button", { name: "Copy cURL with the key…" })).toBeNull();
});

test("what cannot be told is said, and asked again", async () => {
  const { backend, user } = await openAt("deepvue main", (recorded) =>
    recorded.fail("show_usage", failure("internal", "the profile is not known")),
  );
  await user.click(screen.getByRole("tab", { name: "Snippets" }));
  const alert = await screen.findByRole("alert");
  backend.mend("show_usage");
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByLabelText("Form")).not.toBeNull());
});
