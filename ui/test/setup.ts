/** What happy-dom lacks of a window, and a clean window before each test. */
import { configure } from "@testing-library/svelte";
import { beforeEach } from "vitest";
import { beginAnew } from "./anew";
import { computeQuickly } from "./style";

Element.prototype.scrollIntoView ??= () => undefined;

computeQuickly();
// What is awaited comes at once, but on a busy machine not within the usual second.
configure({ asyncUtilTimeout: 10_000 });

beforeEach(beginAnew);
