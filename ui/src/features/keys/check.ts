/** Which keys an action may have, and which keys count of those that somebody asked for. Pure. */
import { ACTIONS, deedOf, DEFAULTS, scopeOf, type Action, type KeyMap } from "./actions";
import { isNamed, keyOf, PREFIX } from "./combination";

/** Why keys are refused: another action has them, or the window or the system needs them. */
export type Refusal =
  | { why: "taken"; by: Action }
  | { why: "close" | "quit" | "moves" | "presses" | "leaves" | "edits" | "system" }
  | { why: "nameless" | "digit" | "prefix" | "sequence" };

export interface InForce {
  keys: KeyMap;
  /** What was asked for and does not count, since it is refused. */
  refused: Partial<Record<Action, { keys: string; refusal: Refusal }>>;
}

type Fixed = Exclude<Refusal, { why: "taken" }>["why"];

const FIXED: Record<string, Fixed> = {
  "Ctrl+W": "close",
  "Ctrl+Q": "quit",
  Tab: "moves",
  ArrowUp: "moves",
  ArrowDown: "moves",
  ArrowLeft: "moves",
  ArrowRight: "moves",
  Home: "moves",
  End: "moves",
  PageUp: "moves",
  PageDown: "moves",
  Enter: "presses",
  Space: "presses",
  Escape: "leaves",
  Backspace: "edits",
  Delete: "edits",
  Insert: "edits",
  "Alt+F4": "system",
  F10: "system",
  "Shift+F10": "system",
  ContextMenu: "system",
  PrintScreen: "system",
};

/** Text is taken, put in and taken back by these. */
const EDITS = /^Ctrl\+(A|C|V|X|Y|Z|Shift\+[VZ])$/;
/** The system leaves the window for a text console. */
const CONSOLE = /^Ctrl\+Alt\+F\d+$/;

function fixed(combination: string): Fixed | null {
  if (EDITS.test(combination)) return "edits";
  if (CONSOLE.test(combination)) return "system";
  return FIXED[combination] ?? FIXED[keyOf(combination)] ?? null;
}

/** Whether it copies the nth field: what its key holds, and a digit. Answers which, from 1. */
export function fieldOf(combination: string, keys: KeyMap): number | null {
  const held = keys.field.slice(0, -1);
  const digit = combination.slice(held.length);
  return combination.startsWith(held) && /^[1-9]$/.test(digit) ? Number(digit) : null;
}

function same(action: Action, combination: string, keys: KeyMap): boolean {
  return action === "field" ? fieldOf(combination, keys) !== null : keys[action] === combination;
}

/** Whether two actions are listened for at the same place: a credential's are not on the timeline. */
function meet(one: Action, other: Action): boolean {
  const scopes = [scopeOf(one), scopeOf(other)];
  return !(scopes.includes("lanes") && scopes.includes("credential"));
}

/** Why an action may not have these keys, by what the others have; null where it may. */
export function refusal(action: Action, combination: string, keys: KeyMap): Refusal | null {
  if (combination === DEFAULTS[action] && action === "copy_too")
    return taken(action, combination, keys);
  const needed = fixed(combination);
  if (needed !== null) return { why: needed };
  const sequence = combination.startsWith(`${PREFIX} `);
  if (!isNamed(keyOf(combination))) return { why: "nameless" };
  if (action === "field" && (sequence || !/^[1-9]$/.test(keyOf(combination))))
    return { why: "digit" };
  if (sequence && scopeOf(action) === "lanes") return { why: "sequence" };
  if (combination === PREFIX) return { why: "prefix" };
  return taken(action, combination, keys);
}

function taken(action: Action, combination: string, keys: KeyMap): Refusal | null {
  // Of the fields' keys, all nine have to be free.
  const wanted =
    action === "field"
      ? Array.from({ length: 9 }, (_, at) => `${combination.slice(0, -1)}${at + 1}`)
      : [combination];
  const by = ACTIONS.find(
    (other) =>
      other !== action && wanted.some((one) => same(other, one, keys) && meet(action, other)),
  );
  return by === undefined ? null : { why: "taken", by };
}

/** The keys that count: what is asked for, and of what is refused the key that the action comes with. */
export function inForce(asked: Readonly<Record<string, string>>): InForce {
  const keys: Record<Action, string> = { ...DEFAULTS };
  for (const action of ACTIONS) keys[action] = asked[action] ?? DEFAULTS[action];
  const refused: InForce["refused"] = {};
  for (;;) {
    const found = ACTIONS.filter((action) => keys[action] !== DEFAULTS[action])
      .map((action) => ({ action, refusal: refusal(action, keys[action], keys) }))
      .find((one) => one.refusal !== null);
    if (found === undefined || found.refusal === null) return { keys, refused };
    refused[found.action] = { keys: keys[found.action], refusal: found.refusal };
    keys[found.action] = DEFAULTS[found.action];
  }
}

/** A shortcut that works in every program, as the window names keys; null where it has the logo key, or is none. */
function asInWindow(shortcut: string): string | null {
  const words = shortcut.split("+").map((word) => word.trim().toLowerCase());
  const key = words.pop() ?? "";
  const order = ["ctrl", "alt", "shift"];
  if (key === "" || words.some((word) => !order.includes(word))) return null;
  const held = order.filter((word) => words.includes(word));
  return [...held, key].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("+");
}

/** Whether keys never reach the window, since a shortcut takes them in every program. */
export function takenEverywhere(action: Action, combination: string, shortcut: string): boolean {
  const keys = asInWindow(shortcut);
  if (keys === null) return false;
  return action === "field"
    ? fieldOf(keys, { ...DEFAULTS, field: combination }) !== null
    : keys === combination;
}

/** The action whose keys a shortcut would take away. */
export function actionBehind(shortcut: string, keys: KeyMap): Action | null {
  return ACTIONS.find((action) => takenEverywhere(action, keys[action], shortcut)) ?? null;
}

/** The other key of the same action, where there are two. */
export function twinOf(action: Action): Action | null {
  return ACTIONS.find((other) => other !== action && deedOf(other) === deedOf(action)) ?? null;
}
