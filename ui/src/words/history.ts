/** The words of a credential's history and notes. They come with their tabs, not with the window. */
import { numberText } from "../lib/locale";
import type { KeyStanding } from "../ipc";
import { spoken } from "./spoken";

const standings: Record<KeyStanding, string> = {
  current: "In use",
  next: "Next",
  previous: "Previous",
  retired: "Retired",
};

export const historyWords = spoken("history", {
  versions: "Versions of the key",
  versionsNone: "No key is stored yet.",
  version: (version: number) => `Version ${version}`,
  standings,
  since: (when: string) => `since ${when}`,
  stored: (when: string) => `stored ${when}`,
  neverUsed: "never in use",
  notStored: "value not stored any more",
  fieldOf: (label: string, lastFour: string | null) =>
    lastFour === null ? label : `${label} ··${lastFour}`,
  restore: "Put in use again…",
  restoreOf: (version: number) => `Put in use again… (version ${version})`,
  restoreTitle: (version: number) => `Put version ${version} in use again?`,
  restoreLead:
    "The key that is in use now is kept as the next one. Tokens are bought anew with the old key.",
  restoreConfirm: "Put in use",
  restored: (version: number) => `Version ${version} is in use`,
  changes: "What was done with it",
  changesNone: "Nothing is written down about it yet.",
  older: "Show all in the activity",
  loading: "Looking…",
  notes: "Notes",
  noteEmpty: "No note yet. Write down what the next person has to know.",
  noteSecret: "Keep keys out of it: notes are shown to whoever opens the vault.",
  edit: "Edit",
  write: "Write a note",
  save: "Save",
  saving: "Saving…",
  saved: "Note saved",
  field: "Note",
  left: (characters: number) => `${numberText(characters)} characters left`,
  long: "At most 2,000 characters.",
  keys: "Ctrl+Enter saves, Esc gives up the change.",
} as const);
