/** What all forms do alike. */
import { tick } from "svelte";

/** What a control gets from the label around it. */
export interface Bound {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

/** Puts the focus on a control as it comes: `{@attach takeFocus}`. */
export function takeFocus(control: HTMLElement): void {
  control.focus();
}

/** Puts the focus on the first control that is marked as wrong. */
export async function focusFirstProblem(form: HTMLElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
}
