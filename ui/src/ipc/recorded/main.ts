/**
 * The window on a recorded backend, in a plain browser: `?scene=NAME`, and `&page=reveal|consent`; `&kit`
 * has the recovery kit revealed; a
 * preference by its name, e.g. `&theme=dark&density=compact&text_size=150&language=stretched`.
 */
import { mount } from "svelte";
import App from "../../App.svelte";
import ConsentPage from "../../features/consent/ConsentPage.svelte";
import RevealPage from "../../features/reveal/RevealPage.svelte";
import { show } from "../../lib/appearance";
import { clock } from "../../lib/clock";
import "../../styles/index.css";
import stretched from "../../words/languages/stretched";
import { speak } from "../../words/spoken";
import { replaceBackend } from "../index";
import { unknownQuestion } from "./consent";
import { scenes } from "./scenes";

const query = new URLSearchParams(location.search);
const backend = scenes[query.get("scene") ?? "full"]?.();
if (backend === undefined) throw new Error(`known scenes: ${Object.keys(scenes).join(", ")}`);
backend.revealed = {
  title: "deepvue/main/client_secret",
  value: "live_northwind_3f9a81c2d4e5b6a7988776655443x9Qd",
  seconds: 15,
  kit: null,
};
if (query.has("kit"))
  backend.revealed = {
    title: "Recovery key",
    value: `keyturn1${"qpzry9x8gf2tvdw0s3jn54khce6mua7l".repeat(2).slice(0, 58)}`,
    seconds: 120,
    kit: { vault: "/home/maya/.local/share/keyturn/vault.kyt", on: "2026-11-22" },
  };
replaceBackend(backend);
Object.assign(window, { backend, clock });
for (const name of Object.keys(backend.app.preferences))
  if (query.has(name)) Object.assign(backend.app.preferences, { [name]: query.get(name) });
backend.app.preferences.text_size = Number(backend.app.preferences.text_size);
show(backend.app.preferences);
if (query.get("question") === "unknown") backend.question = unknownQuestion();
const pages = { reveal: RevealPage, consent: ConsentPage };
const page = pages[query.get("page") as keyof typeof pages] ?? App;
if (query.get("language") === "stretched") speak(stretched);
mount(page, { target: document.body });
