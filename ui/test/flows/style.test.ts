/** The tests' own computed style says what happy-dom's says: nothing is hidden that was not, nor shown. */
import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { wholeStyle } from "../style";
import { openAt } from "./window";

const NAMES = ["display", "visibility", "pointer-events"];

/** What both say of every element of the page; for the test's own elements by their names. */
function compare(): Record<string, string[]> {
  const named: Record<string, string[]> = {};
  const elements = [...document.querySelectorAll("*")];
  expect(elements.length).toBeGreaterThan(300);
  const quick = elements.map((one) => {
    const style = one.ownerDocument.defaultView?.getComputedStyle(one);
    return NAMES.map((name) => style?.getPropertyValue(name) ?? "none");
  });
  const whole = elements.map((one) => NAMES.map((name) => wholeStyle(one).getPropertyValue(name)));
  expect(quick).toEqual(whole);
  for (const [at, one] of elements.entries()) if (one.id !== "") named[one.id] = quick[at] ?? [];
  return named;
}

test("of every element of a whole window", async () => {
  const { user } = await openAt("deepvue main");
  compare();
  await user.click(screen.getByRole("button", { name: "Copy as…" }));
  compare();
});

test("of what is hidden by a style of its own, or by an ancestor's", async () => {
  await openAt("deepvue main");
  const added = document.createElement("div");
  added.innerHTML = `<p id="a" style="display: none"><b id="b">in it</b></p>
    <p id="c" style="visibility: hidden"><b id="d">in it</b></p>
    <p id="e" style="pointer-events: none"><b id="f">in it</b></p>
    <dialog id="g"></dialog><dialog id="h" open></dialog><p id="i" hidden></p>`;
  document.body.append(added);
  const { a, b, c, d, e, g, h } = compare();
  expect([a?.[0], b?.[0], g?.[0], h?.[0]]).toEqual(["none", "", "none", "block"]);
  expect([c?.[1], d?.[1]]).toEqual(["hidden", "hidden"]);
  expect(e?.[2]).toBe("none");
  expect(screen.queryAllByRole("dialog")).toHaveLength(1);
  added.style.display = "none";
  expect(screen.queryAllByRole("dialog")).toHaveLength(0);
});

test("no style sheet is in the page, which would have a say", () => {
  expect(document.querySelectorAll("style, link[rel='stylesheet']")).toHaveLength(0);
  expect(document.adoptedStyleSheets).toHaveLength(0);
});
