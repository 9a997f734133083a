/**
 * Keys as they are pressed and as they are kept: `Ctrl+Shift+M`, `F6`, `/`, and `G T` for one after the
 * other. A letter is a capital one; Shift is named beside letters and keys without a sign, since it is part
 * of every other sign. Pure.
 */
import { keys as words } from "../../words/keys";

/** The key that another one may follow. */
export const PREFIX = "G";

const MODIFIERS = ["Ctrl", "Alt", "Shift"] as const;
const FUNCTION_KEY = /^F([1-9]|1\d|2[0-4])$/;

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> &
  Partial<Pick<KeyboardEvent, "getModifierState">>;

function nameOf(key: string): string {
  if (key === " ") return "Space";
  const capital = key.toUpperCase();
  return key.length === 1 && capital.length === 1 ? capital : key;
}

/** What is pressed, or null while only Ctrl and its like are held. */
export function combinationOf(event: Pressed): string | null {
  const held = ["Control", "Alt", "Shift", "Meta", "AltGraph", "OS", "CapsLock", "NumLock", "Fn"];
  if (held.includes(event.key)) return null;
  const name = nameOf(event.key);
  const sign = [...name].length === 1 && name.toLowerCase() === name;
  // Where AltGr writes the sign, some systems report Ctrl and Alt.
  const writes = [...name].length === 1 && event.getModifierState?.("AltGraph") === true;
  const parts = [
    (event.ctrlKey || event.metaKey) && !writes ? "Ctrl" : "",
    event.altKey && !writes ? "Alt" : "",
    event.shiftKey && !sign ? "Shift" : "",
    name,
  ];
  return parts.filter(Boolean).join("+");
}

/** Its parts: what is held, and the key; or both of two that follow each other. */
export function partsOf(combination: string): string[] {
  if (combination.startsWith(`${PREFIX} `)) return combination.split(" ");
  const parts: string[] = [];
  let rest = combination;
  for (const modifier of MODIFIERS) {
    if (!rest.startsWith(`${modifier}+`)) continue;
    parts.push(modifier);
    rest = rest.slice(modifier.length + 1);
  }
  return [...parts, rest];
}

/** The key without what is held beside it; of two, the second. */
export function keyOf(combination: string): string {
  return partsOf(combination).at(-1) ?? "";
}

/** Whether it has Ctrl or Alt, or is a key that writes nothing: it acts also while somebody types. */
export function actsWhileTyping(combination: string): boolean {
  const parts = partsOf(combination);
  return ["Ctrl", "Alt"].includes(parts[0] ?? "") || FUNCTION_KEY.test(keyOf(combination));
}

/** Whether it is a letter or a digit alone, or two keys after another: they act in the list alone. */
export function needsList(combination: string): boolean {
  if (actsWhileTyping(combination)) return false;
  return combination.startsWith(`${PREFIX} `) || /^[\p{L}\p{N}]$/u.test(keyOf(combination));
}

/** Whether it is one key that a keyboard has a name or a sign for. */
export function isNamed(key: string): boolean {
  return ([...key].length === 1 && key.trim() !== "") || FUNCTION_KEY.test(key);
}

/** What is printed on the keys. */
export function printed(combination: string): string[] {
  const names: Record<string, string> = words.names;
  return partsOf(combination).map((part) => names[part] ?? part);
}

/** As it stands in a sentence. */
export function spelled(combination: string): string {
  const [first = "", second = ""] = printed(combination);
  if (combination.startsWith(`${PREFIX} `)) return words.then(first, second);
  return printed(combination).join("+");
}

/** As `aria-keyshortcuts` has it, which knows none that follow each other. */
export function aria(combination: string): string | undefined {
  if (combination.startsWith(`${PREFIX} `)) return undefined;
  const names: Record<string, string> = { Ctrl: "Control", "+": "Plus" };
  return partsOf(combination)
    .map((part) => names[part] ?? part)
    .join("+");
}
