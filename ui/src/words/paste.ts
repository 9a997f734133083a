/** The words about recognising what was pasted. */
import type { PasteKind, PasteSure } from "../ipc/types";
import { count } from "../lib/plural";
import { spoken } from "./spoken";

const kinds: Record<PasteKind, string> = {
  key: "A key",
  variables: "Variables of a .env file",
  command: "A cURL command",
  header: "A header",
  json: "A JSON object",
  jwt: "A JSON Web Token",
  reference: "A reference to this vault",
  unknown: "Not recognised",
};

const sure: Record<PasteSure, string> = {
  certain: "Certain",
  likely: "Likely",
  possible: "Possible",
};

export const pasteWords = spoken("paste", {
  title: "Paste anything",
  zone: "Paste a key, .env, cURL or JWT",
  hint: "Ctrl+V, or drop a file. It is hidden at once and never stored before you say so.",
  looking: "Looking at it…",
  nothing: "There was no text to paste.",
  tooLarge: "This file is larger than 64 KiB: paste the part with the credentials.",
  notText: "This file is no text.",
  noFiles:
    "This system hands over no dropped files. Open the file, copy what is in it, and paste it here.",
  again: "Paste something else",
  kinds,
  sure,
  hidden: (kind: string) => `${kind}, hidden`,
  unknown:
    "No provider's keys look like this. Say whose it is: choose the provider below, or a generic one.",
  unknownNone: "There is no key in it that Keyturn knows. Choose the provider below.",
  caught: (lastFour: string | null) =>
    lastFour === null ? "Caught, hidden" : `Caught, hidden, ends with ${lastFour}`,
  length: (characters: number) => count(characters, "character", "characters"),
  retype: (label: string) => `Type another ${label}`,
  retypeShort: "Type another",
  stillNeeded: (labels: string) => `Still needed: ${labels}`,
  noSecret: "No key of it is in what was pasted.",
  twin: (words: string) => `This same key is ${words}.`,
  leftOver: (amount: number) =>
    `${count(amount, "more value looks", "more values look")} like a secret and belongs to none of these.`,
  several: (amount: number) => `${count(amount, "credential", "credentials")} in one paste`,
  severalLead: "Choose which to add. Each keeps its own name.",
  add: (amount: number) => `Add ${count(amount, "credential", "credentials")}`,
  adding: "Adding…",
  added: (amount: number) => `${count(amount, "credential", "credentials")} added`,
  addedOne: "Added",
  alone: "Open the form",
  chooseOne: "Choose at least one.",
  referenceHere: (reference: string) => `${reference} is in this vault.`,
  referenceGone: (reference: string) => `${reference} is not in this vault.`,
  open: "Open it",
  jwt: {
    title: "What the token says of itself",
    lead: "Read here and nowhere else. Nobody verified its signature.",
    algorithm: "Signed with",
    issuer: "Issuer",
    issued: "Issued",
    ends: "Ends",
    unsaid: "not said",
  },
} as const);
