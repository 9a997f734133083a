/** The words about keys that a provider shows exactly once: catching, marking, testing, showing. */
import { count } from "../lib/plural";

export const capture = {
  title: (name: string) => `Catch the key of ${name}`,
  ready: "Keyturn is ready to catch the key",
  step1: (where: string | null) =>
    where === null
      ? "Reveal the key at the provider and copy it. Leave that dialog open."
      : `Reveal the key at the provider (${where}) and copy it. Leave that dialog open.`,
  step2: "Come back and paste it here.",
  step3: "Close the provider's dialog when Keyturn says that it is safe.",
  paste: "Paste the key here",
  clipboard: "Take it from the clipboard",
  looking: "Looking at it…",
  nothing: "Nothing was pasted yet.",
  caught: "Caught, and hidden at once",
  begins: "Begins with",
  length: "Length",
  ends: "Ends with",
  characters: (amount: number) => count(amount, "character", "characters"),
  tooShort: "too short to show",
  noPrefix: "no fixed beginning",
  stillThere: "It is still on the clipboard, which was not changed.",
  next: "A rotation is under way: this is its new key, and it will lie beside the one in use.",
  knownAgain: (four: string) => `This is the key that was known by its last four: ${four}.`,
  otherTitle: "Another key than the known one",
  other: (known: string, caught: string | null) =>
    `The known one ends with ${known}, this one ${caught === null ? "is too short to tell" : `with ${caught}`}. Compare with what the provider shows.`,
  twinTitle: "Keyturn knows this key already",
  twin: (words: string) => `It is ${words}.`,
  twinRetired: "It was replaced once and may be dead. Is it the right one?",
  twinTwice: "One entry a key is easier to replace.",
  save: "Store it",
  saveAnyway: "Store it all the same",
  saving: "Storing, and reading it back…",
  again: "Paste again",
  safeTitle: "Safe to close",
  safe: "Stored, read back and compared. You may close the provider's dialog now.",
  compare: (lastFour: string) => `The provider should show these last four characters: ${lastFour}`,
  storedNext: "It lies beside the key in use. Go on with the rotation to test it.",
  copyOther: "The key is still on the clipboard: copy something else.",
  changed: (four: string) =>
    `The clipboard changed meanwhile: the stored key ends with ${four}. Is it the right one?`,
  test: "Test it now",
  testing: "Testing…",
  testLead: "Find out at the provider whether it works.",
  testNone: "Whether it works is not known: nothing harmless can be sent to this provider.",
  worked: "It works",
  refused: "The provider refused it",
  unclear: "Not known whether it works",
  stays: "It stays stored; a failing test undoes nothing.",
  discardTitle: "Discard the caught key?",
  discardLead: "It is not stored. The provider may never show it again.",
  discard: "Discard it",
  keep: "Keep it",
  failed: "Not stored yet. Leave the provider's dialog open.",
  refusedLead: "Nothing was stored or changed. Leave the provider's dialog open.",
  cannotSee: "I cannot see it any more…",
  mark: {
    title: (name: string) => `What is known of the key of ${name}`,
    lead: "A key that was shown once cannot be shown again. Say what is known of it; only its rotation brings another.",
    later: "The provider has not shown it yet",
    laterHint: "It is recorded now and caught when you reveal it.",
    lastFour: "Only its last four characters are known",
    lastFourHint:
      "The provider shows them beside the key. They tell whether a key found elsewhere is this one.",
    four: "Last four characters",
    fourWrong: "Four characters, as the provider shows them.",
    lost: "Nothing of it is known",
    lostHint: "It is recorded as lost, so that you are reminded to replace it.",
    save: "Record it",
    saving: "Recording…",
  },
} as const;

export const reveal = {
  notRevealed: "The provider has not shown this key yet",
  notRevealedHint:
    "It is shown exactly once. Open the capture here first, then reveal it at the provider.",
  lost: "The value of this key is lost",
  lostHint: "Only a new key from the provider replaces it. If you find it after all, catch it.",
  lastFourOnly: (four: string | null) =>
    four === null
      ? "Only the last four characters of this key are known"
      : `Only the last four characters of this key are known: ${four}`,
  lastFourHint:
    "What uses it goes on working. If you find the key, catch it: Keyturn compares. Otherwise replace it.",
  found: "I found it: catch it",
  mark: "It is lost…",
  markAgain: "Correct this…",
  captured: "Shown once by the provider, caught and read back",
  confirmTitle: (name: string) => `Show the key of ${name}?`,
  confirmLead:
    "The provider shows this key exactly once, so Keyturn shows only its last four characters. It can be copied and used without being shown.",
  confirmNote:
    "It is shown for 15 seconds in a window of its own. That is written into the journal first.",
  copyInstead: "Copy it instead",
  confirm: "Show it",
  checking: "Checking…",
  passphraseLead: "Your settings ask for the passphrase before a key is shown.",
  wrong: "That is not the passphrase. Check Caps Lock and the keyboard layout.",
} as const;

export const revealPage = {
  closes: (seconds: number) => `Closes in ${count(seconds, "second", "seconds")}`,
  gone: "Hidden again. You can close this window.",
  nothing: "There is nothing to show.",
  hint: "Esc hides it at once.",
  characters: (amount: number) => count(amount, "character", "characters"),
  print: "Print…",
  kit: {
    title: "Keyturn recovery kit",
    purpose: "This recovery key opens the vault when its passphrase or the keyring is lost.",
    use: "On the lock screen choose “Use the recovery key” and type it. Spaces and capitals do not matter.",
    vault: "Vault",
    on: "Printed on",
    keep: "Keep this sheet away from the computer. Whoever has it and the vault's file can read every secret in it.",
  },
} as const;
