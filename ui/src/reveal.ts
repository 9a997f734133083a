import { mount } from "svelte";
import RevealPage from "./features/reveal/RevealPage.svelte";
import "./styles/index.css";
import { chooseLanguage } from "./words";

void chooseLanguage().then(() => mount(RevealPage, { target: document.body }));
