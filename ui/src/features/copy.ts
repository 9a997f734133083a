/** Copying a text that holds no secret. */
import { ipc } from "../ipc";
import { asFailure, type Failure } from "../lib/failure";
import { toasts } from "../lib/toasts.svelte";

/** Answers why it was not copied; null where it was. */
export async function copyText(text: string): Promise<Failure | null> {
  try {
    await ipc().copy_text({ text });
    return null;
  } catch (error) {
    return asFailure(error);
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
  else toasts.show(failure.title, failure.message, "warn");
}
