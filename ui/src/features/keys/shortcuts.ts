/**
 * The keys of the open vault, as they are in force. Single letters act only while the list has the focus,
 * so that typing and speech input never set anything off (WCAG 2.1.4).
 */
import type { CredentialView } from "../../ipc";
import { preferences } from "../../lib/preferences.svelte";
import { actions } from "../credential/actions.svelte";
import { credentials } from "../credential/credentials.svelte";
import { canCopy } from "../credential/reading";
import { toggleSidebar } from "../list/sidebar";
import { navigation } from "../navigation/navigation.svelte";
import { providers } from "../provider/providers.svelte";
import { openRotation } from "../rotation/open";
import { sampleRequest } from "../request/sample.svelte";
import { session } from "../session/session.svelte";
import { sharing } from "../sharing/sharing.svelte";
import { desk, openTester } from "../tester/desk.svelte";
import type { ActionOf, Deed } from "./actions";
import { deedOf } from "./actions";
import { bindings } from "./bindings.svelte";
import { actsWhileTyping, combinationOf, needsList, PREFIX } from "./combination";
import { dialogs } from "./dialogs.svelte";
import { focusNextPane, focusSearch } from "./panes";
import { beginSequence, endSequence } from "./sequence";

/** What takes letters. A switch does not, so that `Esc` leads back from it. */
const TYPED =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/** What a web view does by itself: it loads the page anew, or looks for words in it. */
const WEB_VIEW = ["Ctrl+R", "Ctrl+Shift+R", "F5", "Ctrl+F"];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED) !== null;
}

function inList(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-pane='list']") !== null;
}

function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? "") !== "";
}

/**
 * The selected credential, where it is on the screen; another screen does not show which one it is. Never the
 * one before it, whose detail is there until that of the next has come.
 */
function selected(): CredentialView | undefined {
  const { chosen, selected: reference } = credentials;
  if (navigation.current !== "vault" || chosen === null) return undefined;
  return chosen.ref === reference ? chosen : undefined;
}

function sendSample(credential: CredentialView): void {
  const sample = providers.view(credential.provider)?.samples[0];
  if (sample !== undefined) void sampleRequest.start(credential, sample);
}

/** The header that carries the token, or the key itself where no token is bought. */
function copyAsHeader(): boolean {
  const credential = selected();
  if (credential === undefined || !canCopy(credential)) return false;
  void actions.copy(credential, "token", "header");
  return true;
}

/** The field that stands there as the nth. */
function copyField(place: number): boolean {
  const credential = selected();
  const field = credential?.fields[place - 1];
  if (credential === undefined || field === undefined) return false;
  if (field.set) void actions.copy(credential, field.name);
  return true;
}

function rotateSelected(): void {
  if (navigation.current !== "vault" || credentials.selected === null) return;
  void openRotation(credentials.selected);
}

function editSelected(): void {
  if (navigation.current === "vault" && credentials.selected !== null)
    dialogs.open("edit", credentials.selected);
}

/** Does it to the selected credential; answers whether there is one. */
function onSelected(does: (credential: CredentialView) => unknown): () => boolean {
  return () => {
    const credential = selected();
    if (credential !== undefined) void does(credential);
    return credential !== undefined;
  };
}

type OnScreen = Exclude<Deed, ActionOf<"lanes">>;

/** What each action does with its key; `false` where it leaves the key to others. */
const RUN: Record<OnScreen, (combination: string) => unknown> = {
  search: focusSearch,
  next_pane: () => focusNextPane(false),
  previous_pane: () => focusNextPane(true),
  sidebar: toggleSidebar,
  palette: () => dialogs.open("palette"),
  add: () => dialogs.open("gallery"),
  timeline: () => navigation.go("timeline"),
  requests: () => openTester(null),
  health: () => navigation.go("health"),
  inbox: () => navigation.go("inbox"),
  activity: () => navigation.go("activity"),
  trash: () => navigation.go("trash"),
  settings: () => navigation.go("settings"),
  vault: () => navigation.home(),
  sharing: () => sharing.toggle(),
  lock: () => session.lock(),
  keys: () => dialogs.open("keys"),
  copy: onSelected((credential) => actions.copy(credential)),
  header: copyAsHeader,
  field: (combination) => copyField(bindings.field(combination) ?? 0),
  reveal: onSelected((credential) => actions.reveal(credential)),
  tester: onSelected(({ ref }) => openTester(ref)),
  sample: onSelected(sendSample),
  rotate: rotateSelected,
  edit: editSelected,
  explain: onSelected(({ ref }) => dialogs.open("explain", ref)),
};

function run(combination: string): boolean {
  const action = bindings.find(combination, "window", "credential");
  return action !== null && RUN[deedOf(action) as OnScreen](combination) !== false;
}

/** Whether Esc leads home: in a field that holds a text, it is the field's. */
function leavesScreen(target: EventTarget | null): boolean {
  if (navigation.current === "vault") return false;
  if (target instanceof HTMLInputElement && isTyping(target)) return target.value === "";
  return target instanceof HTMLSelectElement || !isTyping(target);
}

function alone(combination: string, target: EventTarget | null): boolean {
  if (isTyping(target)) return false;
  if (endSequence() && run(`${PREFIX} ${combination}`)) return true;
  if (needsList(combination) && !inList(target)) return false;
  if (combination !== PREFIX) return run(combination);
  beginSequence();
  return true;
}

function takes(combination: string, target: EventTarget | null): boolean {
  if (combination === "Escape") {
    const leaves = leavesScreen(target);
    if (leaves) void navigation.home();
    return leaves;
  }
  if (!actsWhileTyping(combination)) return alone(combination, target);
  if (combination === "Ctrl+C" && (isTyping(target) || hasSelection())) return false;
  return run(combination) || WEB_VIEW.includes(combination);
}

/** What works over a dialog as well: locking, and hiding names, unless a caught key would go with it. */
function worksOverDialogs(combination: string): boolean {
  const holdsKey = dialogs.current === "capture" || dialogs.current === "rotate";
  const { lock, sharing: hide } = bindings.keys;
  return combination === lock || (combination === hide && !holdsKey);
}

/** Acts on a key of the open vault; dialogs keep most of theirs to themselves. */
export function handleKey(event: KeyboardEvent): void {
  const combination = combinationOf(event);
  if (event.defaultPrevented || event.isComposing || combination === null) return;
  const modal = dialogs.current !== null || desk.dialog !== null || sampleRequest.asking !== null;
  if ((modal && !worksOverDialogs(combination)) || preferences.mutes(event)) return;
  if (takes(combination, event.target)) event.preventDefault();
}
