/**
 * Keeps what one looks at where it is while something above it grows or goes: a token that came, what it
 * says of itself. Some engines do so by themselves and WebKit does not, so the pane switches that off.
 */

interface Held {
  part: Element;
  top: number;
}

const topOf = (part: Element): number => part.getBoundingClientRect().top;

/** Holds the section in the middle of a scrolled pane: `{@attach holdPlace}` on what the pane scrolls. */
export function holdPlace(content: HTMLElement): () => void {
  const pane = content.parentElement ?? content;
  let held: Held | null = null;

  function look(): void {
    const middle = topOf(pane) + pane.clientHeight / 2;
    const sections = [...content.querySelectorAll("section")];
    const part = sections.find((one) => one.getBoundingClientRect().bottom > middle);
    // What is not scrolled shows its beginning.
    held = pane.scrollTop === 0 || part === undefined ? null : { part, top: topOf(part) };
  }

  const sizes = new ResizeObserver(() => {
    if (held?.part.isConnected) pane.scrollTop += topOf(held.part) - held.top;
    look();
  });
  sizes.observe(content);
  pane.addEventListener("scroll", look, { passive: true });
  return () => {
    sizes.disconnect();
    pane.removeEventListener("scroll", look);
  };
}
