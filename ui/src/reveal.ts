import { mount } from "svelte";
import RevealPage from "./features/reveal/RevealPage.svelte";
import "./styles/index.css";

export default mount(RevealPage, { target: document.body });
