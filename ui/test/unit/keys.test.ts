/** Keys: how they are named, which an action may have, and which of those asked for count. */
import { expect, test } from "vitest";
import { ACTIONS, DEFAULTS } from "../../src/features/keys/actions";
import {
  actionBehind,
  fieldOf,
  inForce,
  refusal,
  takenEverywhere,
} from "../../src/features/keys/check";
import {
  actsWhileTyping,
  aria,
  combinationOf,
  needsList,
  partsOf,
  spelled,
} from "../../src/features/keys/combination";

function pressed(key: string, held: Partial<KeyboardEvent> = {}): string | null {
  const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return combinationOf({ ...none, ...held, key });
}

test("a key is named the same whichever way its sign is written", () => {
  expect(pressed("k", { ctrlKey: true })).toBe("Ctrl+K");
  expect(pressed("M", { ctrlKey: true, shiftKey: true })).toBe("Ctrl+Shift+M");
  expect(pressed("C")).toBe("C");
  expect(pressed("?", { shiftKey: true })).toBe("?");
  expect(pressed("+", { ctrlKey: true, shiftKey: true })).toBe("Ctrl++");
  expect(pressed("F6", { shiftKey: true })).toBe("Shift+F6");
  expect(pressed("k", { metaKey: true })).toBe("Ctrl+K");
});

test("a key that is only held is none, and a sign by AltGr has no Ctrl and Alt", () => {
  expect(pressed("Control", { ctrlKey: true })).toBeNull();
  const held = { ctrlKey: true, altKey: true, getModifierState: () => true };
  expect(pressed("@", held)).toBe("@");
});

test("what is kept is taken apart into what is printed and what is read out", () => {
  expect(partsOf("Ctrl++")).toEqual(["Ctrl", "+"]);
  expect(partsOf("Ctrl+Alt+Shift+F5")).toEqual(["Ctrl", "Alt", "Shift", "F5"]);
  expect(spelled("G T")).toBe("G, then T");
  expect(spelled("Ctrl+Shift+M")).toBe("Ctrl+Shift+M");
  expect(aria("Ctrl+Shift+M")).toBe("Control+Shift+M");
  expect(aria("+")).toBe("Plus");
  expect(aria("G T")).toBeUndefined();
});

test("only letters and digits need the list, and only Ctrl, Alt and F keys act while one types", () => {
  for (const one of ["C", "7", "Shift+C", "G T"]) expect(needsList(one), one).toBe(true);
  for (const one of ["/", "F6", "Ctrl+C"]) expect(needsList(one), one).toBe(false);
  for (const one of ["Ctrl+C", "Alt+K", "F6", "Shift+F6"])
    expect(actsWhileTyping(one), one).toBe(true);
  for (const one of ["C", "/", "Shift+C", "G T"]) expect(actsWhileTyping(one), one).toBe(false);
});

test("the keys that all actions come with are free of each other and of the system's", () => {
  for (const action of ACTIONS)
    expect(refusal(action, DEFAULTS[action], DEFAULTS), action).toBeNull();
});

test.each([
  ["Ctrl+W", "close"],
  ["Ctrl+Q", "quit"],
  ["Tab", "moves"],
  ["Ctrl+ArrowUp", "moves"],
  ["Shift+Home", "moves"],
  ["Enter", "presses"],
  ["Ctrl+Enter", "presses"],
  ["Space", "presses"],
  ["Escape", "leaves"],
  ["Delete", "edits"],
  ["Ctrl+V", "edits"],
  ["Ctrl+C", "edits"],
  ["Ctrl+Shift+Z", "edits"],
  ["Alt+F4", "system"],
  ["Ctrl+Alt+F2", "system"],
  ["Dead", "nameless"],
  ["AudioPlay", "nameless"],
  ["G", "prefix"],
])("%s is refused: %s", (combination, why) => {
  expect(refusal("lock", combination, DEFAULTS)).toEqual({ why });
});

test("a key of another action is refused with its name, but where both never meet", () => {
  expect(refusal("lock", "Ctrl+E", DEFAULTS)).toEqual({ why: "taken", by: "edit" });
  expect(refusal("today", "N", DEFAULTS)).toEqual({ why: "taken", by: "add_too" });
  expect(refusal("today", "C", DEFAULTS)).toBeNull();
  expect(refusal("copy", "S", DEFAULTS)).toBeNull();
  expect(refusal("lock", "G T", DEFAULTS)).toEqual({ why: "taken", by: "timeline" });
  expect(refusal("today", "G Y", DEFAULTS)).toEqual({ why: "sequence" });
});

test("the keys of the fields are nine, and all of them have to be free", () => {
  expect(fieldOf("Ctrl+7", DEFAULTS)).toBe(7);
  expect(fieldOf("Ctrl+0", DEFAULTS)).toBeNull();
  expect(refusal("lock", "Ctrl+7", DEFAULTS)).toEqual({ why: "taken", by: "field" });
  expect(refusal("field", "Alt+K", DEFAULTS)).toEqual({ why: "digit" });
  expect(refusal("field", "Alt+3", DEFAULTS)).toBeNull();
  const lock = { ...DEFAULTS, lock: "Alt+9" };
  expect(refusal("field", "Alt+3", lock)).toEqual({ why: "taken", by: "lock" });
  const { keys } = inForce({ field: "Alt+3" });
  expect(fieldOf("Alt+1", keys)).toBe(1);
  expect(fieldOf("Ctrl+1", keys)).toBeNull();
});

test("of keys asked for by hand those that are refused do not count, and two may be swapped", () => {
  const swapped = inForce({ lock: "Ctrl+E", edit: "Ctrl+L", teleport: "F9" });
  expect(swapped.keys).toMatchObject({ lock: "Ctrl+E", edit: "Ctrl+L" });
  expect(swapped.refused).toEqual({});
  expect(Object.keys(swapped.keys)).not.toContain("teleport");
  const clash = inForce({ lock: "Ctrl+E", add: "Tab" });
  expect(clash.keys).toMatchObject({ lock: "Ctrl+L", edit: "Ctrl+E", add: "Ctrl+N" });
  expect(clash.refused).toEqual({
    lock: { keys: "Ctrl+E", refusal: { why: "taken", by: "edit" } },
    add: { keys: "Tab", refusal: { why: "moves" } },
  });
});

test("a shortcut of every program is found behind a key, however it is written", () => {
  expect(actionBehind("Ctrl+Alt+K", DEFAULTS)).toBeNull();
  expect(actionBehind("ctrl + l", DEFAULTS)).toBe("lock");
  expect(actionBehind("Ctrl+5", DEFAULTS)).toBe("field");
  expect(actionBehind("Super+L", DEFAULTS)).toBeNull();
  expect(actionBehind("", DEFAULTS)).toBeNull();
  expect(takenEverywhere("lock", "Ctrl+Alt+Shift+J", "shift+alt+ctrl+j")).toBe(true);
  expect(takenEverywhere("field", "Ctrl+Alt+1", "Ctrl+Alt+7")).toBe(true);
  expect(takenEverywhere("lock", "F8", "Ctrl+F8")).toBe(false);
});
