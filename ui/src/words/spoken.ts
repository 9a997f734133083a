/**
 * The language of the window. English is written in these files; another language is one file in
 * `languages/`, which says every area of it, and is put over the English words before anything is drawn.
 * An area that is fetched later is put over when it comes.
 */
import { speakLike } from "../lib/locale";
import type { aboutWords } from "./about";
import type { activityWords } from "./activity";
import type { answerWords } from "./answer";
import type { consentWords } from "./consent";
import type { words } from "./en";
import type { editWords } from "./edit";
import type { explainWords } from "./explain";
import type { healthWords } from "./health";
import type { historyWords } from "./history";
import type { inboxWords } from "./inbox";
import type { kindWords } from "./kinds";
import type { pasteWords } from "./paste";
import type { reminderWords } from "./reminders";
import type { settingsWords } from "./settings";
import type { snippetWords } from "./snippets";
import type { testerWords } from "./tester";
import type { timelineWords } from "./timeline";
import type { trashWords } from "./trash";

/** The same words in any language: a text is a text, a function still says one. */
export type InAnyLanguage<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Said
    ? (...given: Given) => InAnyLanguage<Said>
    : T extends readonly (infer One)[]
      ? readonly InAnyLanguage<One>[]
      : T extends object
        ? { readonly [Name in keyof T]: InAnyLanguage<T[Name]> }
        : T;

/** Every area of the words, by its name. */
export interface English {
  window: typeof words;
  about: typeof aboutWords;
  activity: typeof activityWords;
  answer: typeof answerWords;
  consent: typeof consentWords;
  edit: typeof editWords;
  explain: typeof explainWords;
  health: typeof healthWords;
  history: typeof historyWords;
  inbox: typeof inboxWords;
  kinds: typeof kindWords;
  paste: typeof pasteWords;
  reminders: typeof reminderWords;
  settings: typeof settingsWords;
  snippets: typeof snippetWords;
  tester: typeof testerWords;
  timeline: typeof timelineWords;
  trash: typeof trashWords;
}

export type Area = keyof English;
/** What a language file says: everything. */
export type Words = { [Name in Area]: InAnyLanguage<English[Name]> };

export interface Language {
  /** Its tag, by which numbers, plurals and days are written. */
  tag: string;
  /** An area in this language; the English one is for those that are made of it. */
  say<Name extends Area>(area: Name, english: object): Words[Name];
}

/** A language of its own words. */
export function language(tag: string, said: Words): Language {
  return { tag, say: (area) => said[area] };
}

type Entries = Record<string, unknown>;

const areas = new Map<Area, object>();
let current: Language | null = null;

function put(over: Entries, said: Entries): void {
  for (const [name, one] of Object.entries(said)) {
    const inner = over[name];
    const both = typeof inner === "object" && typeof one === "object" && !Array.isArray(one);
    if (both && inner !== null && one !== null) put(inner as Entries, one as Entries);
    else over[name] = one;
  }
}

/** The words of an area, in the language that is spoken. */
export function spoken<T extends object>(area: Area, english: T): T {
  areas.set(area, english);
  if (current !== null) put(english as Entries, current.say(area, english) as unknown as Entries);
  return english;
}

/** Has the window speak a language from here on; before anything is drawn. */
export function speak(language: Language): void {
  current = language;
  speakLike(language.tag);
  document.documentElement.lang = language.tag;
  for (const [area, english] of areas)
    put(english as Entries, language.say(area, english) as unknown as Entries);
}
