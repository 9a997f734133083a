/** The rows of the palette: what each says, and what it does. */
import { tick } from "svelte";
import type { CredentialView, FoundCredential, TokenFormat } from "../../ipc";
import { dayText } from "../../lib/dates";
import { words } from "../../words/en";
import { closing } from "../closing/closing.svelte";
import { copyAndSay } from "../../lib/copy";
import { actions } from "../credential/actions.svelte";
import { credentials } from "../credential/credentials.svelte";
import { isFavourite, toggleFavourite } from "../credential/favourite";
import {
  canCopy,
  copyLabel,
  fieldLabel,
  mainSecret,
  titleOf,
  waitsForCapture,
} from "../credential/reading";
import type { Action } from "../keys/actions";
import { bindings } from "../keys/bindings.svelte";
import { dialogs } from "../keys/dialogs.svelte";
import { listFilter, type Filter } from "../list/filter.svelte";
import { toggleSidebar } from "../list/sidebar";
import { navigation, type ScreenName } from "../navigation/navigation.svelte";
import { providers } from "../provider/providers.svelte";
import { sampleRequest } from "../request/sample.svelte";
import { openCompromised, openRotation } from "../rotation/open";
import { session } from "../session/session.svelte";
import { sharing } from "../sharing/sharing.svelte";
import { openTester } from "../tester/desk.svelte";

export type Group = "credentials" | "keys" | "actions";

export interface Entry {
  id: string;
  group: Group;
  title: string;
  detail: string;
  /** An environment, or another short mark. */
  mark: string | null;
  /** The keys that do the same without the palette. */
  keys: readonly string[];
  /** What Enter does, in a word. */
  verb: string;
  run: () => void;
  /** What Ctrl+Enter does. */
  open: (() => void) | null;
  /** What Tab offers. */
  more: (() => Entry[]) | null;
}

function action(
  id: string,
  title: string,
  run: () => void,
  keys: readonly string[] = [],
  verb: string = words.palette.run,
): Entry {
  return {
    id,
    group: "actions",
    title,
    detail: "",
    mark: null,
    keys,
    verb,
    run,
    open: null,
    more: null,
  };
}

function keysOf(action: Action): string[] {
  return bindings.printed(action);
}

function filtered(filter: Filter): () => void {
  return () => {
    listFilter.choose(filter);
    void navigation.home();
  };
}

function screen(name: Exclude<ScreenName, "vault">, keys: readonly string[]): Entry {
  return action(`screen:${name}`, words.screens[name], () => navigation.go(name), keys);
}

/** What can be done without a credential. */
export function commands(): Entry[] {
  const text = words.palette.commands;
  return [
    action("add", text.add, () => dialogs.open("gallery"), keysOf("add")),
    screen("timeline", keysOf("timeline")),
    action("requests", text.requests, () => openTester(null), keysOf("requests")),
    screen("health", keysOf("health")),
    screen("inbox", keysOf("inbox")),
    screen("activity", keysOf("activity")),
    screen("trash", keysOf("trash")),
    screen("settings", keysOf("settings")),
    screen("about", []),
    action("all", text.all, filtered({ kind: "all" })),
    action("expiring", text.expiring, filtered({ kind: "expiring" })),
    action("attention", text.attention, filtered({ kind: "attention" })),
    action("explain", text.explain, () => dialogs.open("explain", credentials.selected)),
    action("sidebar", words.keys.does.sidebar, toggleSidebar, keysOf("sidebar")),
    action("keys", text.keys, () => dialogs.open("keys"), keysOf("keys")),
    action(
      "sharing",
      sharing.on ? words.sharing.reveal : words.sharing.hide,
      () => void sharing.toggle(),
      keysOf("sharing"),
    ),
    action("lock", text.lock, () => void session.lock(), keysOf("lock")),
    action("close", text.close, () => void closing.close(), ["Ctrl", "W"]),
    action("quit", text.quit, () => void closing.quit(), ["Ctrl", "Q"]),
  ];
}

/** What can be done with a credential. */
export function actionsFor(credential: CredentialView): Entry[] {
  const text = words.palette.item;
  const view = providers.view(credential.provider);
  const { ref } = credential;
  const sample = view?.samples[0];
  const all: (Entry | null)[] = [
    canCopy(credential)
      ? action(
          "copy",
          copyLabel(credential, view),
          () => void actions.copy(credential),
          keysOf("copy"),
        )
      : null,
    canCopy(credential)
      ? action("show", text.show, () => void actions.reveal(credential), keysOf("reveal"))
      : null,
    waitsForCapture(credential)
      ? action("capture", text.capture, () => dialogs.open("capture", ref))
      : null,
    canCopy(credential)
      ? action("tester", text.tester, () => openTester(ref), keysOf("tester"))
      : null,
    sample !== undefined && canCopy(credential)
      ? action("sample", text.sample, () => void startSample(credential), keysOf("sample"))
      : null,
    action("rotate", text.rotate, () => void openRotation(ref), keysOf("rotate")),
    action("edit", words.facts.edit, () => dialogs.open("edit", ref), keysOf("edit")),
    action("explain", text.explain, () => dialogs.open("explain", ref), keysOf("explain")),
    action(
      "favourite",
      isFavourite(credential) ? words.favourite.remove : words.favourite.add,
      () => void toggleFavourite(credential),
    ),
    action("compromised", words.rotation.step.compromised, () => void openCompromised(ref)),
    action("open", words.palette.open, () => void navigation.open(ref), [], words.palette.open),
    ...(canCopy(credential) ? copyEntries(credential) : []),
  ];
  return all.filter((one) => one !== null).map((one) => ({ ...one, id: `${ref}:${one.id}` }));
}

/** The other forms of the token or key, and each field. */
function copyEntries(credential: CredentialView): Entry[] {
  const view = providers.view(credential.provider);
  const forms = (Object.keys(words.token.formats) as TokenFormat[]).filter((one) => one !== "raw");
  const asForms = forms.map((form) =>
    action(
      `as:${form}`,
      words.token.asForm(words.token.formats[form]),
      () => void actions.copy(credential, "token", form),
      form === "header" ? keysOf("header") : [],
    ),
  );
  const fields = credential.fields.map((field, at) => ({ field, at }));
  const each = fields
    .filter(({ field }) => field.set)
    .map(({ field, at }) =>
      action(
        `field:${field.name}`,
        words.fields.copy(fieldLabel(field.name, view)),
        () => void actions.copy(credential, field.name),
        bindings.printedField(at + 1),
      ),
    );
  return [...asForms, ...each];
}

async function startSample(credential: CredentialView): Promise<void> {
  await navigation.open(credential.ref);
  await tick();
  const sample = providers.view(credential.provider)?.samples[0];
  if (sample !== undefined) await sampleRequest.start(credential, sample);
}

function kindOf(credential: CredentialView): string {
  const secret = mainSecret(credential);
  if (secret === undefined) return "";
  const label = fieldLabel(secret.name, providers.view(credential.provider));
  return secret.last_four === null ? label : `${label} ··${secret.last_four}`;
}

/** A credential: Enter copies what its main button copies. */
export function credentialEntry(credential: CredentialView): Entry {
  const open = (): void => void navigation.open(credential.ref);
  const copies = canCopy(credential);
  return {
    id: credential.ref,
    group: "credentials",
    title: titleOf(credential, providers.name(credential.provider)),
    detail: [kindOf(credential), credential.owner ?? ""].filter(Boolean).join(" · "),
    mark: credential.environment,
    keys: [],
    verb: copies ? words.palette.copy : words.palette.open,
    run: copies ? () => void actions.copy(credential) : open,
    open,
    more: () => actionsFor(credential),
  };
}

function noteOf(found: FoundCredential): string {
  const { whole, otherCase, removed } = words.palette;
  const note = { whole_secret: whole, other_case: otherCase };
  const trash = found.removed_at === undefined ? "" : removed(dayText(found.removed_at));
  return [found.note === undefined ? "" : note[found.note], trash].filter(Boolean).join(" · ");
}

/** A key that was found by its last four characters: Enter copies a line that is safe in a chat. */
export function keyEntry(found: FoundCredential, at: number): Entry {
  const { key } = found;
  const standing = key === null ? "" : words.palette.standing[key.standing](key.version);
  const credential = credentials.all.find((one) => one.ref === found.ref);
  const open = credential === undefined ? null : () => void navigation.open(found.ref);
  const copyLine = (): void => void copyAndSay(found.line, words.palette.lineCopied, found.line);
  const owner = found.owner === null ? "" : words.palette.owner(found.owner);
  const line = action(`${found.ref}:line`, words.palette.copyLine, copyLine);
  return {
    id: `key:${found.ref}:${at}`,
    group: "keys",
    title: words.palette.keyOf(standing, found.ref),
    detail: [noteOf(found), owner, found.users.join(", ")].filter(Boolean).join(" · "),
    mark: key === null || key.last_four === "" ? null : `··${key.last_four}`,
    keys: [],
    verb: words.palette.copyLine,
    run: copyLine,
    open,
    more: () => [line, ...(credential === undefined ? [] : actionsFor(credential))],
  };
}
