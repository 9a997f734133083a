/** The words about who uses a key. */
import { count } from "../lib/plural";

export const consumers = {
  title: "Who uses it",
  version: (number: number) => `version ${number}`,
  hasNew: "has the new key",
  hasOld: "has the old key",
  hasCurrent: "has the key in use",
  unknown: "nobody knows which key it has",
  hasItNow: "Has the new key now",
  ready: (name: string) => `${name} has the new key`,
  since: (day: string) => `written down ${day}`,
  seen: "Seen through Keyturn",
  writtenDown: "Written down",
  used: (action: string, when: string) => `${action}, ${when}`,
  uses: (amount: number) => count(amount, "use", "uses"),
  none: "Nothing is written down, and nothing was seen to use it.",
  add: "Add",
  addLabel: "Add what uses it",
  addHint: "A server, a pipeline, a colleague: “GitHub Actions of repo X”.",
  addEmpty: "Say what uses it.",
  addLong: "At most 200 characters.",
  addTwice: (name: string) => `${name} is on the list already.`,
  remove: (name: string) => `Remove ${name}`,
  behind: (amount: number) => `${count(amount, "still uses", "still use")} the old key`,
} as const;
