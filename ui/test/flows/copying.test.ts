/** Copying: one action from everywhere, in every form, and a notice that counts down to the clearing. */
import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { afterEach, describe, expect, test, vi } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/palette/PaletteDialog.svelte";
import type { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt } from "./window";

function copies(backend: RecordedBackend): unknown[] {
  return backend.called("copy_secret");
}

async function choose(user: { click: (element: Element) => Promise<void> }, form: string) {
  await user.click(screen.getByRole("button", { name: "Copy as…" }));
  await user.click(screen.getByRole("menuitem", { name: form }));
}

describe("the forms at the main button", () => {
  test.each([
    ["Authorization header", "header"],
    ["cURL command", "curl"],
    ["Shell export", "env"],
    [".env line", "dotenv"],
    ["PowerShell", "powershell"],
    ["Python", "python"],
    ["JavaScript (server)", "javascript"],
    ["HTTPie", "httpie"],
    ["JSON", "json"],
  ])("%s is copied by the agent, and the notice names it", async (label, format) => {
    const { backend, user } = await openAt("deepvue main");
    await choose(user, label);
    await screen.findByText(`Token of Deepvue main copied: ${label}`);
    expect(copies(backend)).toEqual([{ target: "deepvue/main/token", format, with_key: false }]);
  });

  test("of a key that is sent as it is they carry the key, and the notice says so", async () => {
    const { backend, user } = await openAt("deepidv main");
    await choose(user, "Authorization header");
    await screen.findByText("API key of deepidv main copied: Authorization header");
    expect(copies(backend)).toMatchObject([{ target: "deepidv/main/token", format: "header" }]);
  });
});

test("a field has forms of its own", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.click(screen.getByRole("button", { name: "Copy Client secret as…" }));
  const forms = screen.getAllByRole("menuitem").map((item) => item.textContent.trim());
  expect(forms).toEqual(["Shell export", ".env line", "PowerShell", "JSON"]);
  await user.click(screen.getByRole("menuitem", { name: ".env line" }));
  await screen.findByText("Client secret of Deepvue main copied: .env line");
  expect(copies(backend)).toMatchObject([
    { target: "deepvue/main/client_secret", format: "dotenv" },
  ]);
});

describe("keys", () => {
  test("Ctrl+C copies the main thing, Ctrl+Shift+C the header, Ctrl+1 and Ctrl+2 the fields", async () => {
    const { backend, user } = await openAt("deepvue main");
    for (const press of [
      "{Control>}c",
      "{Control>}{Shift>}C{/Shift}",
      "{Control>}1",
      "{Control>}2",
    ])
      await user.keyboard(`${press}{/Control}`);
    await waitFor(() => expect(copies(backend)).toHaveLength(4));
    expect(copies(backend)).toMatchObject([
      { target: "deepvue/main", format: "raw" },
      { target: "deepvue/main/token", format: "header" },
      { target: "deepvue/main/client_id", format: "raw" },
      { target: "deepvue/main/client_secret", format: "raw" },
    ]);
  });

  test("Ctrl+Shift+C copies the header of a key, too", async () => {
    const { backend, user } = await openAt("deepidv main");
    await user.keyboard("{Control>}{Shift>}C{/Shift}{/Control}");
    await waitFor(() => expect(copies(backend)).toHaveLength(1));
    expect(copies(backend)).toMatchObject([{ target: "deepidv/main/token", format: "header" }]);
  });

  test("Ctrl+C leaves selected text to the system, and Ctrl+9 without a ninth field does nothing", async () => {
    const { backend, user } = await openAt("deepvue main");
    const selection = vi.spyOn(window, "getSelection");
    selection.mockReturnValue({ toString: () => "some text" } as Selection);
    await user.keyboard("{Control>}c{/Control}{Control>}9{/Control}");
    selection.mockRestore();
    expect(copies(backend)).toEqual([]);
    await user.keyboard("{Control>}c{/Control}");
    await waitFor(() => expect(copies(backend)).toHaveLength(1));
  });
});

test("in the palette Tab offers every form and every field", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("combobox");
  await user.keyboard("main deepvue{Tab}");
  const rows = within(screen.getByRole("dialog")).getAllByRole("option");
  const titles = rows.map((row) => row.querySelector(".title")?.textContent);
  for (const form of ["cURL command", "PowerShell", "HTTPie", ".env line"])
    expect(titles).toContain(`Copy as ${form}`);
  expect(titles).toContain("Copy Client secret");
  await user.keyboard("as curl{Enter}");
  await screen.findByText("Token of Deepvue main copied: cURL command");
  expect(copies(backend)).toMatchObject([{ format: "curl" }]);
});

describe("the notice of a copy", () => {
  afterEach(() => void vi.useRealTimers());

  /** A copy, with the clock in the test's hands from then on. */
  async function copied(): Promise<RecordedBackend> {
    const { backend } = await openAt("deepvue main");
    // What the clock planned before would wake at a time that the test does not hold.
    show(false);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    show(true);
    await fireEvent.keyDown(screen.getByRole("listbox"), { key: "c" });
    await vi.advanceTimersByTimeAsync(0);
    return backend;
  }

  function show(shown: boolean): void {
    Object.defineProperty(document, "hidden", { configurable: true, value: !shown });
    document.dispatchEvent(new Event("visibilitychange"));
  }

  function ticking(): string | null {
    return document.querySelector(".toast .time")?.textContent ?? null;
  }

  test("stands there without any timer having run: nothing is waited for", async () => {
    await copied();
    expect(document.querySelector(".toast .title")?.textContent).toBe(
      "Token of Deepvue main copied",
    );
  });

  test("counts down in seconds, and stays for as long as the secret does", async () => {
    await copied();
    expect(ticking()).toBe("The clipboard is cleared in 20 s.");
    await vi.advanceTimersByTimeAsync(8_000);
    expect(ticking()).toMatch(/in 1[123] s/);
    await vi.advanceTimersByTimeAsync(11_000);
    // The clock wakes at whole seconds: what is shown is right to one.
    expect(ticking()).toMatch(/in [012] s|Clearing/);
  });

  test("tells readers of the screen once, not every second", async () => {
    await copied();
    const toast = document.querySelector(".toast");
    const spoken = (): string =>
      [...(toast?.querySelectorAll(".detail .visually-hidden") ?? [])]
        .map((one) => one.textContent)
        .join("");
    const before = spoken();
    expect(before).toBe("The clipboard is cleared in 20 s.");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(spoken()).toBe(before);
    expect(toast?.querySelector(".time")?.getAttribute("aria-hidden")).toBe("true");
  });

  test("says that it was cleared when the agent tells so, and goes", async () => {
    const backend = await copied();
    await vi.advanceTimersByTimeAsync(20_000);
    backend.emit({ clipboard_released: "cleared" });
    await vi.advanceTimersByTimeAsync(0);
    expect(document.querySelector(".toast")?.textContent).toContain("The clipboard is cleared.");
    expect(ticking()).toBeNull();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(document.querySelector(".toast")).toBeNull();
  });

  test("says that another copy was left alone", async () => {
    const backend = await copied();
    backend.emit({ clipboard_released: "replaced" });
    await vi.advanceTimersByTimeAsync(0);
    const text = document.querySelector(".toast")?.textContent;
    expect(text).toContain("Something else was copied meanwhile: that was left alone.");
    expect(text).not.toContain("Clear now");
  });

  test("says that it may still be there where the desktop does not let it be cleared", async () => {
    const backend = await copied();
    backend.emit({ clipboard_released: "not_cleared" });
    await vi.advanceTimersByTimeAsync(0);
    const text = document.querySelector(".toast")?.textContent;
    expect(text).toContain("does not let Keyturn clear the clipboard");
    expect(text).not.toContain("The clipboard is cleared");
  });

  test("ends by itself where the agent says nothing", async () => {
    await copied();
    await vi.advanceTimersByTimeAsync(27_000);
    expect(ticking()).toBeNull();
    await vi.advanceTimersByTimeAsync(7_000);
    expect(document.querySelector(".toast")).toBeNull();
  });
});

test("Clear now clears at once, and a second copy takes the first one's notice away", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.keyboard("c");
  await user.click(await screen.findByRole("button", { name: "Clear now" }));
  await screen.findByText("The clipboard is cleared.");
  expect(backend.called("clear_clipboard")).toHaveLength(1);
  screen.getByRole("listbox").focus();
  await user.keyboard("c");
  await screen.findByRole("button", { name: "Clear now" });
  await user.keyboard("{Control>}2{/Control}");
  await screen.findByText("Client secret of Deepvue main copied");
  expect(screen.getAllByRole("button", { name: "Clear now" })).toHaveLength(1);
});

test("a copy that fails is told in the detail, and no notice counts down", async () => {
  const { backend, user } = await openAt("deepvue main");
  backend.fail("copy_secret", failure("clipboard_unavailable", "the clipboard cannot be reached"));
  await user.keyboard("c");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("clipboard");
  expect(document.querySelector(".toast")).toBeNull();
});

test("a key that only buys tokens is copied with a warning, and marked among the fields", async () => {
  const { user } = await openAt("deeply cloud");
  await screen.findByText("Only buys tokens");
  await user.click(screen.getByRole("button", { name: /^Copy API key, hidden/ }));
  await screen.findByText(/give programs the token, and this to nobody/);
});

test("no copied value is ever in the page", async () => {
  const { backend, user } = await openAt("deepvue main");
  await user.keyboard("c");
  await screen.findByText("Token of Deepvue main copied");
  const answer = await backend.copy_secret({
    target: "deepvue/main",
    format: "curl",
    with_key: true,
  });
  expect(Object.keys(answer).sort()).toEqual(["clears_in_s", "copied", "expires_at", "warnings"]);
});
