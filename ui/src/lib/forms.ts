/** What all forms do alike. */
import { tick } from "svelte";

/** Puts the focus on a control as it comes: `{@attach takeFocus}`. */
export function takeFocus(control: HTMLElement): void {
  control.focus();
}

/** Puts the focus on the first control that is marked as wrong. */
export async function focusFirstProblem(form: HTMLElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
