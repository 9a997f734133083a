import { screen, waitFor } from "@testing-library/svelte";
import { afterAll, expect, test, vi } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/about/AboutScreen.svelte";
import { navigation } from "../../src/features/navigation/navigation.svelte";
import { openWindow, type Opened } from "./window";

vi.mock("virtual:licences", () => ({
  default: {
    own: [0],
    packages: [
      {
        name: "argon2",
        version: "0.5.3",
        licence: "MIT OR Apache-2.0",
        from: "crates.io",
        texts: [1],
      },
      { name: "svelte", version: "5.57.3", licence: "MIT", from: "npm", texts: [1, 2] },
    ],
    texts: ["Our own terms", "The MIT terms", "Terms of Svelte"],
  },
}));

afterAll(() => vi.doUnmock("virtual:licences"));

async function openAbout(prepare?: Parameters<typeof openWindow>[1]): Promise<Opened> {
  const opened = openWindow({}, prepare);
  await screen.findByRole("listbox");
  navigation.go("about");
  await screen.findByRole("heading", { name: "About Keyturn", level: 1 });
  return opened;
}

test("it says what runs and copies all of it as a text", async () => {
  const { backend, user } = await openAbout();
  await screen.findByText("app.keyturn.desktop");
  await user.click(screen.getByRole("button", { name: "Copy all" }));
  const [{ text }] = backend.called("copy_text") as [{ text: string }];
  expect(text).toBe(
    "Keyturn: 0.1.0\nAgent: 0.1.0\nProtocol: 1\nTauri: 2.12.5\nWebKitGTK: 2.50.6\n" +
      "System: linux x86_64\nApp id: app.keyturn.desktop",
  );
});

test("an agent that does not answer and folders that are not known are no failure", async () => {
  await openAbout((backend) => {
    backend.app.info = { ...backend.app.info, agent: null, webview: null, paths: null };
  });
  await screen.findByText("does not answer");
  await screen.findByText("does not say");
  expect(screen.queryByRole("heading", { name: "Files" })).toBeNull();
});

test("the licences come when they are asked for, are searched, and open to their texts", async () => {
  const { user } = await openAbout();
  const show = await screen.findByRole("button", { name: "Show the licences" });
  expect(screen.queryByText(/argon2/)).toBeNull();
  await user.click(show);
  await screen.findByText("argon2 0.5.3, MIT OR Apache-2.0");
  const search = screen.getByLabelText("Search packages");
  await waitFor(() => expect(document.activeElement).toBe(search));
  await user.type(search, "svel");
  expect(screen.queryByText(/argon2/)).toBeNull();
  await user.click(screen.getByText("svelte 5.57.3, MIT"));
  await screen.findByText("Terms of Svelte");
  await user.clear(search);
  await user.type(search, "zebra");
  await screen.findByText("No package is called “zebra”.");
});
