/** Which drafts the vault has room for. Pure. */

/** How many bytes it keeps of all of them together. */
const ROOM = 64 * 1_024;

interface Written {
  key: string;
  text: string;
  size: number;
}

export function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * As many as fit, written out, and the keys of those left out: the oldest requests go first, and forms and
 * notes only where nothing else is left. They come in the order in which they were written.
 */
export function fitting(all: Iterable<[string, unknown]>): { text: string | null; left: string[] } {
  const written = [...all].map((pair): Written => {
    const text = JSON.stringify(pair);
    return { key: pair[0], text, size: sizeOf(text) + 1 };
  });
  const isRequest = ({ key }: Written): boolean => key.startsWith("request:");
  const leaving = [
    // One that fits by itself nowhere pushes no other out.
    ...written.filter(({ size }) => size >= ROOM),
    ...written.filter(isRequest),
    ...written.filter((one) => !isRequest(one)),
  ];
  const left = new Set<Written>();
  let size = written.reduce((sum, one) => sum + one.size, 1);
  for (const one of leaving) {
    if (size <= ROOM) break;
    if (left.has(one)) continue;
    left.add(one);
    size -= one.size;
  }
  const kept = written.filter((one) => !left.has(one)).map(({ text }) => text);
  return {
    text: kept.length === 0 ? null : `[${kept.join(",")}]`,
    left: [...left].map(({ key }) => key),
  };
}
