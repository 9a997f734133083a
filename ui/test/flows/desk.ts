/** The request tester as a user reaches and fills it. */
import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/tester/TesterScreen.svelte";
import { tester } from "../../src/features/tester/tester.svelte";
import type { SendRequestAnswer, TesterRequest } from "../../src/ipc";
import { openAt, openWindow, type Opened } from "./window";

export const path = (): HTMLInputElement =>
  screen.getByLabelText<HTMLInputElement>(/^Path and query/);
export const sent = ({ backend }: Opened): TesterRequest[] =>
  backend.called("tester_send") as TesterRequest[];

/** Opens a credential in the tester, by key as a user would. */
export async function openTester(
  search = "deepvue main",
  prepare?: Parameters<typeof openAt>[1],
): Promise<Opened> {
  const opened = await openAt(search, prepare);
  screen.getByRole("listbox").focus();
  await opened.user.keyboard("t");
  await screen.findByRole("heading", { name: "Requests", level: 1 });
  await waitFor(() => expect(path().value).not.toBe("/"));
  return opened;
}

/** Types all of it at once: a key by itself is what some of the tests are about, and costs. */
export async function fill(field: HTMLElement, value: string): Promise<void> {
  await fireEvent.input(field, { target: { value } });
}

export async function tab({ user }: Opened, name: string): Promise<void> {
  await user.click(screen.getByRole("tab", { name: new RegExp(`^${name}`) }));
}

export async function tool({ user }: Opened, name: string): Promise<void> {
  await user.click(screen.getByRole("button", { name: "More for this request" }));
  await user.click(screen.getByRole("menuitem", { name }));
}

export async function paste(text: string): Promise<void> {
  const clipboardData = { getData: () => text };
  await fireEvent.paste(path(), { clipboardData });
}

/** The tester on deepvue/main, with an answer. */
export async function openAnswer(
  answer?: SendRequestAnswer,
  body = "",
  type = "application/json",
): Promise<Opened> {
  const opened = openWindow();
  (await screen.findByRole("listbox")).focus();
  await opened.user.keyboard("gr");
  await screen.findByRole("region", { name: "Answer" });
  await tester.open("deepvue/main");
  if (answer !== undefined) tester.show(opened.backend.given(answer, body, type));
  return opened;
}

export const panel = (): HTMLElement => screen.getByRole("region", { name: "Answer" });
