/** Two letters that tell a provider from the others, e.g. `AB`: its first letter, and the one in which
 * it begins to differ from the name that is most like its own. */
export function markOf(name: string, others: string[]): string {
  const letters = [...name.toLocaleLowerCase()];
  let shared = 0;
  for (const other of others) {
    if (other === name) continue;
    const theirs = [...other.toLocaleLowerCase()];
    let same = 0;
    while (same < letters.length && letters[same] === theirs[same]) same += 1;
    shared = Math.max(shared, same);
  }
  const second = letters[Math.max(shared, 1)] ?? letters[1] ?? "";
  return `${letters[0] ?? ""}${second}`.toLocaleUpperCase();
}
