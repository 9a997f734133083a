/**
 * Computed styles, as far as queries ask for them. happy-dom works out all properties of an element and of
 * its ancestors anew after each change of the page, which was a fifth of the time of all tests. No style
 * sheet is loaded here (what styles do is tested in a browser), so an element has what its tag has, unless
 * its own `style`, or that of an ancestor, says otherwise: then happy-dom is asked, as for everything else.
 */

/** happy-dom's own; it stays there where modules are loaded anew. */
const WHOLE = Symbol.for("keyturn whole computed style");

type Style = (element: Element, pseudo?: string | null) => CSSStyleDeclaration;
type View = Window & { getComputedStyle: Style; [WHOLE]?: Style };

const view = document.defaultView as View;

/** What happy-dom says. */
export const wholeStyle: Style = (view[WHOLE] ??= view.getComputedStyle.bind(view));

/** By property: whether ancestors have a say. */
const ASKED = new Map([
  ["display", false],
  ["visibility", true],
  ["pointer-events", true],
]);
/** By property and tag, as happy-dom said it first. */
const ofTag = new Map<string, string>();

/** Whether the tag alone decides. */
function isPlain(element: Element, name: string, inherited: boolean): boolean {
  if (!element.isConnected) return false;
  for (let one: Element | null = element; one !== null; one = inherited ? one.parentElement : null)
    if (one.getAttribute("style")?.includes(name) === true) return false;
  return true;
}

function styleOf(element: Element, name: string): string {
  const inherited = ASKED.get(name);
  if (inherited === undefined || !isPlain(element, name, inherited))
    return wholeStyle(element).getPropertyValue(name);
  const key = `${name} ${element.tagName} ${String(element.hasAttribute("open"))}`;
  const known = ofTag.get(key) ?? wholeStyle(element).getPropertyValue(name);
  ofTag.set(key, known);
  return known;
}

const hyphened = (name: string): string => name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** A style that works out what it is asked for. */
function quickStyle(element: Element, pseudo?: string | null): CSSStyleDeclaration {
  if (pseudo) return wholeStyle(element, pseudo);
  return new Proxy({} as CSSStyleDeclaration, {
    get(_, name) {
      if (name === "getPropertyValue") return (asked: string) => styleOf(element, asked);
      if (typeof name === "string" && ASKED.has(hyphened(name)))
        return styleOf(element, hyphened(name));
      const whole = wholeStyle(element);
      const value: unknown = Reflect.get(whole, name);
      return typeof value === "function" ? (value.bind(whole) as unknown) : value;
    },
  });
}

export function computeQuickly(): void {
  view.getComputedStyle = quickStyle;
}
