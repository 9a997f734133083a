/** Notes that are being written, by credential: another tab does not lose them. */
import { SvelteMap } from "svelte/reactivity";

export const noteDrafts = new SvelteMap<string, string>();
