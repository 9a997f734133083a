import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import ConsentPage from "../../src/features/consent/ConsentPage.svelte";
import { ASLEEP } from "../../src/features/consent/guard.svelte";
import { replaceBackend } from "../../src/ipc";
import { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { unknownQuestion } from "../../src/ipc/recorded/consent";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(prepare?: (backend: RecordedBackend) => void): Promise<RecordedBackend> {
  const backend = new RecordedBackend();
  prepare?.(backend);
  replaceBackend(backend);
  render(ConsentPage);
  // The question comes without a timer.
  await vi.advanceTimersByTimeAsync(0);
  return backend;
}

function button(name: string): HTMLElement {
  return screen.getByRole("button", { name });
}

test("who asks, for what and through whom is said", async () => {
  await open();
  screen.getByRole("heading", { name: "python3 wants to take an access token" });
  screen.getByText("deepvue/main/token");
  screen.getByText("/usr/bin/python3.12");
  screen.getByText("runs /home/maya/northwind/deploy.py");
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toHaveLength(4);
  screen.getByText(/everything in that terminal/);
});

test("an unknown program is said to be unknown, whatever it calls itself", async () => {
  await open((backend) => (backend.question = unknownQuestion()));
  screen.getByRole("heading", {
    name: "An unknown program wants to take a stored key or password",
  });
  screen.getByText("calls itself “keyturn”");
  screen.getByText("Unknown: Keyturn cannot tell which file it runs.");
  screen.getByText("Nothing above it is known.");
});

test("refusing has the focus and works at once", async () => {
  const backend = await open();
  expect(document.activeElement).toBe(button("Refuse"));
  await fireEvent.click(button("Refuse"));
  expect(backend.called("answer_consent")).toEqual([{ answer: "refuse" }]);
});

test.each([
  ["Allow once", "allow_once"],
  ["Allow until lock", "allow_until_lock"],
])("%s sleeps for the first 700 ms and answers then", async (name, answer) => {
  const backend = await open();
  await fireEvent.click(button(name));
  await vi.advanceTimersByTimeAsync(ASLEEP - 1);
  expect(button(name).getAttribute("aria-disabled")).toBe("true");
  await fireEvent.click(button(name));
  expect(backend.called("answer_consent")).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(button(name).getAttribute("aria-disabled")).toBe("false");
  await fireEvent.click(button(name));
  expect(backend.called("answer_consent")).toEqual([{ answer }]);
});

test("a key that was meant for another window answers nothing in the first 700 ms", async () => {
  const backend = await open();
  for (const key of ["Enter", " ", "Escape"])
    expect(await fireEvent.keyDown(button("Refuse"), { key })).toBe(false);
  expect(backend.called("answer_consent")).toEqual([]);
  await vi.advanceTimersByTimeAsync(ASLEEP);
  expect(await fireEvent.keyDown(button("Refuse"), { key: "Enter" })).toBe(true);
  await fireEvent.keyDown(window, { key: "Escape" });
  expect(backend.called("answer_consent")).toEqual([{ answer: "refuse" }]);
});

test("a window that comes to the front again sleeps again", async () => {
  const backend = await open();
  await vi.advanceTimersByTimeAsync(ASLEEP);
  await fireEvent.focus(window);
  await fireEvent.click(button("Allow once"));
  expect(backend.called("answer_consent")).toEqual([]);
  await vi.advanceTimersByTimeAsync(ASLEEP);
  await fireEvent.click(button("Allow once"));
  expect(backend.called("answer_consent")).toHaveLength(1);
});

test("there is one answer", async () => {
  const backend = await open();
  await vi.advanceTimersByTimeAsync(ASLEEP);
  await fireEvent.click(button("Allow once"));
  await fireEvent.click(button("Allow until lock"));
  await fireEvent.click(button("Refuse"));
  expect(backend.called("answer_consent")).toEqual([{ answer: "allow_once" }]);
});

test("when the time is over nothing can be allowed any more", async () => {
  await open();
  await vi.advanceTimersByTimeAsync(61_000);
  screen.getByText(/It was refused/);
  expect(screen.queryByRole("button")).toBeNull();
});

test("where nothing is asked, it says so", async () => {
  await open((backend) => backend.fail("take_consent", failure("not_found", "nothing is asked")));
  screen.getByText("Nothing is asked any more.");
});
