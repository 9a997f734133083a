/** The window on a recorded backend, in a plain browser: `?scene=NAME`, and `&page=reveal`. */
import { mount } from "svelte";
import App from "../../App.svelte";
import RevealPage from "../../features/reveal/RevealPage.svelte";
import { clock } from "../../lib/clock";
import "../../styles/index.css";
import { replaceBackend } from "../index";
import { scenes } from "./scenes";

const query = new URLSearchParams(location.search);
const backend = scenes[query.get("scene") ?? "full"]?.();
if (backend === undefined) throw new Error(`known scenes: ${Object.keys(scenes).join(", ")}`);
backend.revealed = {
  title: "deepvue/main/client_secret",
  value: "live_northwind_3f9a81c2d4e5b6a7988776655443x9Qd",
  seconds: 15,
};
replaceBackend(backend);
Object.assign(window, { backend, clock });
mount(query.get("page") === "reveal" ? RevealPage : App, { target: document.body });
