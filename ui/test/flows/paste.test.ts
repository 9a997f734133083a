/** Pasting anything: keys, `.env` files, commands, tokens, files; and that nothing of it stays. */
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import type { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { dialogs } from "../../src/features/keys/dialogs.svelte";
import { openWindow, type Opened } from "./window";

const KEY = "dc_live_CANARYcanary0123456789abcdefWk55";
const MIDDLE = "CANARYcanary0123456789";
const ZONE = "Paste a key, .env, cURL or JWT";

beforeEach(() => dialogs.close());

async function openGallery(prepare?: (backend: RecordedBackend) => void): Promise<Opened> {
  const opened = openWindow({}, prepare);
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>}n{/Control}");
  // A chunk of its own, loaded when it is first opened.
  await screen.findByLabelText(ZONE, {}, { timeout: 10_000 });
  return opened;
}

/** As Ctrl+V does: on what has the focus. */
async function paste(text: string): Promise<void> {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text", text);
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "clipboardData", { value: clipboardData });
  await fireEvent(document.activeElement ?? document.body, event);
}

async function drop(file: File): Promise<void> {
  const event = new Event("drop", { bubbles: true, cancelable: true });
  Object.defineProperty(event, "dataTransfer", { value: { files: [file], getData: () => "" } });
  await fireEvent(screen.getByLabelText(ZONE), event);
}

function page(): string {
  return document.documentElement.outerHTML;
}

test("a pasted key is hidden at once, recognised, and fills the form with a catch", async () => {
  const { backend, user } = await openGallery();
  expect(document.activeElement).toBe(screen.getByLabelText(ZONE));
  await paste(` ${KEY}\n`);
  await screen.findByText("A key, hidden");
  expect(page()).not.toContain(MIDDLE);
  await user.click(screen.getByRole("button", { name: /^DeepCurrent Likely/ }));
  await screen.findByText("Add a DeepCurrent credential");
  expect(await screen.findByText("Caught, hidden, ends with Wk55")).toBeTruthy();
  expect(page()).not.toContain(MIDDLE);
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "reports-2");
  await user.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" }),
  );
  await screen.findByText("DeepCurrent reports-2 added");
  expect(backend.called("add_credential")).toMatchObject([
    { provider: "deepcurrent", secrets: {}, from_paste: { fields: ["api_key"] } },
  ]);
  expect(page()).not.toContain(MIDDLE);
});

test("a positive control: the paste came through, and a value in the page would be found", async () => {
  const { backend } = await openGallery();
  await paste(KEY);
  await screen.findByText("A key, hidden");
  expect(backend.called("recognize_paste")).toEqual([{ text: KEY }]);
  document.body.append(KEY);
  expect(page()).toContain(MIDDLE);
  document.body.lastChild?.remove();
});

test("a caught value can be typed anew instead, and is not taken then", async () => {
  const { backend, user } = await openGallery();
  await paste(KEY);
  await user.click(await screen.findByRole("button", { name: /^DeepCurrent Likely/ }));
  await user.click(await screen.findByRole("button", { name: "Type another API key" }));
  await user.type(screen.getByLabelText(/^API key/), "dc_typed_0123456789abcdef");
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "typed");
  await user.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" }),
  );
  await screen.findByText("DeepCurrent typed added");
  expect(backend.called("add_credential")).toMatchObject([
    { secrets: { api_key: "dc_typed_0123456789abcdef" }, from_paste: { fields: [] } },
  ]);
});

test("several credentials of one .env file are ticked and added together", async () => {
  const { backend, user } = await openGallery();
  await paste(
    "DEEPVUE_CLIENT_ID=northwind\nDEEPVUE_CLIENT_SECRET=s3cr3t-CANARYcanary0123456789\nSTAGING_DEEPIDV_API_KEY=key-aaaa-CANARYcanary0123456789\nDEEPIDV_API_KEY=key-bbbb-CANARYcanary0123456789\nDB_PASSWORD=hunter2\n",
  );
  await screen.findByText("3 credentials in one paste");
  expect(screen.getByText(/1 more value looks like a secret/)).toBeTruthy();
  const boxes = screen.getAllByRole<HTMLInputElement>("checkbox");
  expect(boxes.map((box) => box.checked)).toEqual([true, true, true]);
  await user.click(screen.getByRole("checkbox", { name: /^deepidv staging/ }));
  await user.click(screen.getByRole("button", { name: "Add 2 credentials" }));
  await screen.findByText("2 credentials added");
  expect(backend.called("add_credential")).toMatchObject([
    { provider: "deepvue", fields: { client_id: "northwind" }, secrets: {} },
    { provider: "deepidv", secrets: {} },
  ]);
  const names = backend.called("add_credential").map((call) => (call as { name: string }).name);
  expect(
    names.every((name) => name.startsWith("main-")),
    "names that are free",
  ).toBe(true);
  expect(page()).not.toContain(MIDDLE);
});

test("what is not added says why beside its box, and the rest is added", async () => {
  const { backend, user } = await openGallery();
  await paste(
    "DEEPVUE_CLIENT_ID=a\nDEEPVUE_CLIENT_SECRET=s3cr3t-0123456\nDEEPIDV_API_KEY=key-0123456789",
  );
  await screen.findByText("2 credentials in one paste");
  backend.fail("add_credential", failure("not_saved", "the disk is full"));
  await user.click(screen.getByRole("button", { name: "Add 2 credentials" }));
  expect(await screen.findAllByText("The disk is full.")).toHaveLength(2);
  backend.mend("add_credential");
  await user.click(screen.getByRole("button", { name: "Add 2 credentials" }));
  await screen.findByText("2 credentials added");
});

test("what is incomplete is not ticked and leads to its form", async () => {
  const { user } = await openGallery();
  await paste("DEEPVUE_CLIENT_SECRET=s3cr3t-0123456789-wxyz\nDEEPIDV_API_KEY=key-0123456789");
  const box = await screen.findByRole<HTMLInputElement>("checkbox", { name: /^Deepvue/ });
  expect(box.disabled).toBe(true);
  expect(screen.getByText("Still needed: Client id")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Open the form" }));
  await screen.findByText("Caught, hidden, ends with wxyz");
  expect(screen.getByLabelText<HTMLInputElement>("Client id").value).toBe("");
});

test("a JWT shows what it says of itself, and its end becomes the credential's", async () => {
  const { backend, user } = await openGallery();
  await paste("eyJhbGciOiJIUzI1NiJ9.CANARYcanary0123456789.c2ln");
  await screen.findByText("What the token says of itself");
  expect(screen.getByText("https://login.northwind.example")).toBeTruthy();
  expect(screen.getByText(/Nobody verified its signature/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: /^Bearer token Possible/ }));
  await user.type(await screen.findByLabelText(/^Host/), "api.northwind.example");
  await user.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" }),
  );
  await waitFor(() =>
    expect(backend.called("add_credential")).toMatchObject([{ expires_on: "2030-01-01" }]),
  );
  expect(page()).not.toContain(MIDDLE);
});

test("a reference to what is here leads there", async () => {
  const { user } = await openGallery();
  await paste("keyturn://deepvue/main/client_secret");
  await user.click(await screen.findByRole("button", { name: "Open it" }));
  const article = await screen.findByRole("article", { busy: false });
  expect(article.textContent).toContain("Deepvue");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a key that is stored already is said to be", async () => {
  await openGallery((backend) => {
    backend.pastes.facts = {
      duplicate_of: {
        ref: "deepcurrent/reports",
        field: "api_key",
        version: 1,
        standing: "current",
        removed: false,
        words: "stored already, as deepcurrent/reports/api_key",
      },
    };
  });
  await paste(KEY);
  await screen.findByText("This same key is stored already, as deepcurrent/reports/api_key.");
});

test("what nobody knows can be a generic one, and prose is nothing", async () => {
  const { user } = await openGallery();
  await paste("acme.0123456789+abcdef/WxYz");
  await screen.findByText("Not recognised");
  expect(screen.getByRole("button", { name: /^Bearer token Possible/ })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Paste something else" }));
  await screen.findByLabelText(ZONE);
  await paste("please send me the key");
  await screen.findByText(/There is no key in it that Keyturn knows/);
});

test("an empty paste and one that is too long say so, and another is one key away", async () => {
  await openGallery();
  await paste("  \n");
  await screen.findByText("There was no text to paste.");
  await paste("x".repeat(70_000));
  expect((await screen.findByRole("alert")).textContent).toContain("longer than 64 KiB");
  await paste(KEY);
  await screen.findByText("A key, hidden");
});

test("a dropped file is read as a paste; a large one, one without text and a folder are refused", async () => {
  await openGallery();
  await drop(new File(["x".repeat(70_000)], "big.env"));
  await screen.findByText(/larger than 64 KiB/);
  await drop(new File([new Uint8Array([0, 1, 2, 255])], "picture.png"));
  await screen.findByText("This file is no text.");
  await drop(new File(["x".repeat(70_000)], "big.env"));
  const folder = new File([], "folder");
  folder.text = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  await drop(folder);
  await screen.findByText("This file is no text.");
  await drop(new File([`DEEPIDV_API_KEY=${KEY}\n`], ".env"));
  await screen.findByText("Variables of a .env file, hidden");
  expect(page()).not.toContain(MIDDLE);
});

test("a dropped file that the web view keeps back says how it comes in, and a dropped text is read", async () => {
  await openGallery();
  const handOver = async (types: string[], text: string): Promise<void> => {
    const event = new Event("drop", { bubbles: true, cancelable: true });
    const dataTransfer = { files: [], types, getData: () => text };
    Object.defineProperty(event, "dataTransfer", { value: dataTransfer });
    await fireEvent(screen.getByLabelText(ZONE), event);
  };
  for (const text of ["", "/home/ann/.env", "file:///home/ann/.env"]) {
    await handOver(["text/uri-list", "text/html"], text);
    await screen.findByText(/^This system hands over no dropped files/);
    await handOver([], "");
    await screen.findByText("There was no text to paste.");
  }
  await handOver(["text/plain"], `DEEPIDV_API_KEY=${KEY}`);
  await screen.findByText("Variables of a .env file, hidden");
});

test("an empty vault has the zone and four providers, and takes a paste anywhere", async () => {
  const { user } = openWindow({ credentials: [] });
  await screen.findByText("Add your first credential");
  await screen.findByLabelText(ZONE, {}, { timeout: 10_000 });
  const cards = (): number => screen.getByRole("main").querySelectorAll("button.card").length;
  await waitFor(() => expect(cards()).toBe(4));
  const search = screen.getByLabelText<HTMLInputElement>("Search credentials");
  search.focus();
  await paste(
    "curl https://api.deepidv.com/v1/sessions -H 'x-api-key: key-CANARYcanary0123456789'",
  );
  await screen.findByText("A cURL command, hidden");
  expect(search.value).toBe("");
  await user.click(screen.getByRole("button", { name: /^deepidv Certain/ }));
  await screen.findByText("Add a deepidv credential");
  expect(page()).not.toContain(MIDDLE);
});

test("who types in the zone searches for a provider", async () => {
  const { user } = await openGallery();
  await user.keyboard("github");
  expect(screen.getByLabelText<HTMLInputElement>("Search providers").value).toBe("github");
});

test("values that the agent keeps no more are asked for again", async () => {
  const { backend, user } = await openGallery();
  await paste(KEY);
  await user.click(await screen.findByRole("button", { name: /^DeepCurrent Likely/ }));
  backend.fail(
    "add_credential",
    failure("not_found", "what was pasted is not kept any more", "Paste it once more."),
  );
  await user.clear(await screen.findByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "late");
  await user.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" }),
  );
  expect((await screen.findByRole("alert")).textContent).toContain("Paste it once more.");
});

test("while somebody else looks, values of a paste are masked, and meant all the same", async () => {
  const { backend, user } = openWindow();
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}{Shift>}M{/Shift}{/Control}");
  await screen.findByText(/^Share-safe/);
  await screen.findByRole("listbox");
  await user.keyboard("{Control>}n{/Control}");
  await screen.findByLabelText(ZONE, {}, { timeout: 10_000 });
  await paste("DEEPVUE_CLIENT_ID=northwind-9\nDEEPVUE_CLIENT_SECRET=s3cr3t-0123456789-wxyz");
  await user.click(await screen.findByRole("button", { name: /^Deepvue Certain/ }));
  await screen.findByText("Caught, hidden, ends with ••••");
  expect(page()).not.toContain("northwind-9");
  await user.click(
    within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" }),
  );
  await waitFor(() =>
    expect(backend.called("add_credential")).toMatchObject([
      { fields: { client_id: "northwind-9" }, from_paste: { fields: ["client_secret"] } },
    ]),
  );
  await user.keyboard("{Control>}{Shift>}M{/Shift}{/Control}");
});
