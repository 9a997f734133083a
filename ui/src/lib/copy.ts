/** Copying a text that holds no secret. */
import { ipc } from "../ipc";
import { detailsOf } from "./details";
import { asFailure, type Failure } from "./failure";
import { toasts } from "./toasts.svelte";

/** Answers why it was not copied; null where it was. */
export async function copyText(text: string): Promise<Failure | null> {
  try {
    await ipc().copy_text({ text });
    return null;
  } catch (error) {
    return asFailure(error);
  }
}

/**
 * Copies what is known of a failure; answers whether it was done. Where no agent is there to do it, the
 * page does it itself: the text has no secret in it.
 */
export async function copyDetails(failure: Failure): Promise<boolean> {
  const text = detailsOf(failure, Date.now());
  if ((await copyText(text)) === null) return true;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copies it and says so, or why not. */
export async function copyAndSay(
  text: string,
  said: string,
  detail: string | null = null,
): Promise<void> {
  const failure = await copyText(text);
  if (failure === null) toasts.show(said, detail);
  else toasts.fail(failure);
}
