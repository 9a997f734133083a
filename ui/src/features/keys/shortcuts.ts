/**
 * The keys of the open vault. Single letters act only while the list has the focus, so that typing and
 * speech input never set anything off (WCAG 2.1.4).
 */
import { providers } from "../provider/providers.svelte";
import { actions } from "../credential/actions.svelte";
import { credentials } from "../credential/credentials.svelte";
import { canCopy } from "../credential/reading";
import { preferences } from "../../lib/preferences.svelte";
import { navigation } from "../navigation/navigation.svelte";
import { sequenceBegun, takeSequence } from "../navigation/sequence";
import { openRotation } from "../rotation/open";
import { sampleRequest } from "../request/sample.svelte";
import { session } from "../session/session.svelte";
import { sharing } from "../sharing/sharing.svelte";
import { dialogs } from "./dialogs.svelte";
import { focusNextPane, focusSearch } from "./panes";

/** What takes letters. A switch does not, so that `Esc` leads back from it. */
const TYPED =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPED) !== null;
}

function inList(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-pane='list']") !== null;
}

function hasSelection(): boolean {
  return (window.getSelection()?.toString() ?? "") !== "";
}

function onSelected(key: string): boolean {
  // Another screen does not show which one is selected.
  if (navigation.current !== "vault") return false;
  const credential =
    credentials.detail ?? credentials.all.find((one) => one.ref === credentials.selected);
  if (credential === undefined) return false;
  if (key === "c") void actions.copy(credential);
  else if (key === "r") void actions.reveal(credential);
  else if (key === "e") dialogs.open("explain", credential.ref);
  else if (key === "t") {
    const sample = providers.view(credential.provider)?.samples[0];
    if (sample !== undefined) void sampleRequest.start(credential, sample);
  } else return false;
  return true;
}

/** The header that carries the token, or the key itself where no token is bought. */
function copyAsHeader(): boolean {
  const { detail } = credentials;
  if (navigation.current !== "vault" || detail === null || !canCopy(detail)) return false;
  void actions.copy(detail, "token", "header");
  return true;
}

/** The field that stands there as the nth. */
function copyField(place: number): boolean {
  const { detail } = credentials;
  const field = navigation.current === "vault" ? detail?.fields[place - 1] : undefined;
  if (detail === null || field === undefined) return false;
  if (field.set) void actions.copy(detail, field.name);
  return true;
}

/** Taken also where nothing is selected: the web view would load the page anew. */
function rotateSelected(): void {
  if (navigation.current !== "vault" || credentials.selected === null) return;
  void openRotation(credentials.selected);
}

function editSelected(): void {
  if (navigation.current === "vault" && credentials.selected !== null)
    dialogs.open("edit", credentials.selected);
}

function withControl(event: KeyboardEvent): boolean {
  const key = event.key.toLowerCase();
  if (key === "l") void session.lock();
  else if (key === "n") dialogs.open("gallery");
  else if (key === "k") dialogs.open("palette");
  else if (key === "r") rotateSelected();
  else if (key === "e") editSelected();
  else if (key === "f") focusSearch();
  else if (key === ",") navigation.go("settings");
  else if (key === "m" && event.shiftKey) void sharing.toggle();
  else if (key === "c" && event.shiftKey) return copyAsHeader();
  else if (/^[1-9]$/.test(key)) return copyField(Number(key));
  else if (key === "c" && !isTyping(event.target) && !hasSelection()) return onSelected("c");
  else return false;
  return true;
}

/** Whether Esc leads home: in a field that holds a text, it is the field's. */
function leavesScreen(target: EventTarget | null): boolean {
  if (navigation.current === "vault") return false;
  if (target instanceof HTMLInputElement && isTyping(target)) return target.value === "";
  return target instanceof HTMLSelectElement || !isTyping(target);
}

function alone(event: KeyboardEvent): boolean {
  if (event.key === "F6") focusNextPane(event.shiftKey);
  else if (event.key === "Escape" && leavesScreen(event.target)) void navigation.home();
  else if (isTyping(event.target)) return false;
  else if (event.key === "/") focusSearch();
  else if (event.key === "?") dialogs.open("keys");
  else if ((inList(event.target) || sequenceBegun()) && takeSequence(event.key)) return true;
  else if (!inList(event.target)) return false;
  else if (event.key === "n") dialogs.open("gallery");
  else return onSelected(event.key);
  return true;
}

/** Acts on a key of the open vault; dialogs keep theirs to themselves, but for locking. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const control = event.ctrlKey || event.metaKey;
  const locks = control && event.key.toLowerCase() === "l";
  const modal = dialogs.current !== null || sampleRequest.asking !== null;
  if ((modal && !locks) || preferences.mutes(event)) return;
  if (control ? withControl(event) : alone(event)) event.preventDefault();
}
