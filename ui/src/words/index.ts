/**
 * Chooses the language: the one that the user wants, or the first of the system's that there is a file
 * for in `languages/`, or English. A language is a file there, named by its tag, whose `default` is a
 * {@link Language}; nothing else changes for it.
 */
import { speak, type Language } from "./spoken";

type Files = Record<string, () => Promise<{ default: Language }>>;

// The stretched words are for tests: no file of the app.
const files = import.meta.glob(["./languages/*.ts", "!./languages/stretched.ts"]) as Files;

/** The tag of the first language that is wanted and there; null for English. */
export function chosen(wanted: readonly string[], there: readonly string[]): string | null {
  for (const tag of wanted.map((one) => one.toLowerCase())) {
    const [primary = ""] = tag.split("-");
    if (primary === "en") return null;
    const fits = (name: string): boolean => [tag, primary].includes(name.toLowerCase());
    const found = there.find((name) => name.toLowerCase() === tag) ?? there.find(fits);
    if (found !== undefined) return found;
  }
  return null;
}

/** Speaks the language that is wanted; a file that does not come leaves English. */
export async function chooseLanguage(): Promise<void> {
  const own = document.documentElement.dataset["language"];
  const wanted = own === undefined ? navigator.languages : [own, ...navigator.languages];
  const named = Object.keys(files).map((path) => path.replace(/^.*\/|\.ts$/g, ""));
  const tag = chosen(wanted, named);
  const fetched = tag === null ? undefined : files[`./languages/${tag}.ts`];
  if (fetched === undefined) return;
  try {
    speak((await fetched()).default);
  } catch {
    // English is there.
  }
}
