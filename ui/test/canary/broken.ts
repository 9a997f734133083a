/** A planted mistake: see scripts/check-canary.mjs. */
import type { Ipc } from "../../src/ipc";

export const command: keyof Ipc = "no_such_command";
