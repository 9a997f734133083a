/**
 * The components, each in all its states: for development, and for axe. A preference by its name changes
 * them, e.g. `?theme=dark&density=compact&contrast=more`. Never part of the app: it lies outside of `src`.
 */
import { mount } from "svelte";
import { replaceBackend } from "../../src/ipc";
import { RecordedBackend } from "../../src/ipc/recorded";
import { show } from "../../src/lib/appearance";
import { toasts } from "../../src/lib/toasts.svelte";
import "../../src/styles/index.css";
import Gallery from "./Gallery.svelte";

const query = new URLSearchParams(location.search);
const backend = new RecordedBackend();
replaceBackend(backend);
const { preferences } = backend.app;
show({
  ...preferences,
  ...Object.fromEntries(query),
  text_size: Number(query.get("text_size") ?? 100),
});
mount(Gallery, { target: document.body });
if (query.has("toasts")) {
  toasts.show("Token of Deepvue main copied", "The clipboard is cleared in 20 s.");
  toasts.show("Not kept", "The disk is full.", "warn", {
    label: "Try again",
    run: () => undefined,
  });
}
