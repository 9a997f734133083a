import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/index.css";
import { chooseLanguage } from "./words";

void chooseLanguage().then(() => mount(App, { target: document.body }));
