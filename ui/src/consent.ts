import { mount } from "svelte";
import ConsentPage from "./features/consent/ConsentPage.svelte";
import "./styles/index.css";
import { chooseLanguage } from "./words";

void chooseLanguage().then(() => mount(ConsentPage, { target: document.body }));
