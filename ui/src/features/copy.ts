/** Copying a text that holds no secret. */
import { ipc } from "../ipc";
import { asFailure, type Failure } from "../lib/failure";

/** Answers why it was not copied; null where it was. */
export async function copyText(text: string): Promise<Failure | null> {
  try {
    await ipc().copy_text({ text });
    return null;
  } catch (error) {
    return asFailure(error);
  }
}
