/** The words about replacing a key. What a provider wants comes from its profile, through the agent. */
import { count } from "../lib/plural";

export const rotation = {
  title: "Rotation",
  due: (days: number) =>
    days < 0
      ? `Overdue by ${count(-days, "day", "days")}`
      : days === 0
        ? "Due today"
        : `Due in ${count(days, "day", "days")}`,
  badgeOverdue: "Overdue",
  badgeDue: (days: number) => (days === 0 ? "Due today" : `Due ${days} d`),
  on: (day: string) => `on ${day}`,
  none: "No rotation date",
  noneHint: "Neither an interval nor an end is set.",
  started: "A replacement has begun",
  underway: {
    requested: "A new key was requested",
    issued: "The new key is stored",
    verified: "The new key works",
    confirmed: "Confirmed to the provider",
    promoted: "The new key is in use",
    retiring: "The old key is being retired",
  },
  issued: (day: string) => `Issued ${day}`,
  every: (days: number) => `every ${count(days, "day", "days")}`,
  ends: (day: string) => `the key ends ${day}`,
  rotate: "Rotate",
  goOn: "Go on",
  step: {
    start: "Rotate",
    compromised: "Key is compromised…",
    request: "Ask for a new key…",
    store: "Put in the new key…",
    verify: "Test the new key…",
    confirm: "Confirm the new key…",
    promote: "Use the new key…",
    retire: "Retire the old key…",
    roll_back: "Go back to the old key…",
    cancel: "Give up the replacement…",
  },
  more: "More actions",
  unconfirmed: "not confirmed by the provider's documentation",

  wizard: {
    title: (name: string) => `Replace the key of ${name}`,
    loading: "Looking where it stands…",
    later: "Go on later",
    another: "Put in another key…",
    stages: "Stages",
    reached: "done",
    now: "now",
    ahead: "to come",
    cancel: "Give up the replacement…",
    cancelTitle: "Give up the replacement?",
    cancelEarly: "Nothing was stored yet. The key in use stays as it is.",
    cancelStored:
      "The new key is forgotten; the key in use stays as it is. It is tested first; where no test tells, your yes is your word that it works.",
    cancelYes: "Give it up",
    cancelNo: "Keep on",
    back: "Go back to the old key…",
    backTitle: "Go back to the old key?",
    backLead:
      "The old key becomes the one in use again, as long as it still works. The new one stays stored beside it.",
    backYes: "Go back",
    backNo: "Stay with the new key",
    cancelled: (name: string) => `The replacement for ${name} was given up`,
    atOnce: "The old key ends the moment the new one is made.",
  },

  start: {
    title: "Before you begin",
    where: "Where",
    steps: "How this provider does it",
    old: "The old key",
    begin: "Begin",
  },

  request: {
    title: "Ask the provider's support",
    again: "Asked once more",
    lead: (place: string) => `Ask for a new key: ${place}. Then note it here.`,
    draft: "A text to send",
    day: "Asked on",
    ticket: "Ticket number",
    note: "Note",
    dayEmpty: "Choose the day.",
    dayFuture: "This day has not come yet.",
    ticketLong: "At most 200 characters.",
    noteLong: "At most 2,000 characters.",
    save: "Note the request",
    waitingTitle: "Waiting for the provider",
    asked: (day: string, ticket: string | null) =>
      ticket === null ? `Asked on ${day}` : `Asked on ${day}, ticket ${ticket}`,
    silent: (days: number) =>
      days <= 0 ? "Asked today." : `No answer for ${count(days, "day", "days")}.`,
    nudge: (day: string) => `Keyturn reminds you to ask again on ${day}.`,
    nudgeNow: (day: string) => `They have been silent since before ${day}: ask again.`,
    arrived: "The new key has come",
    askAgain: "I asked again…",
    text: (provider: string, label: string, lastFour: string | null) =>
      lastFour === null
        ? `Hello,\n\nplease issue a new ${label} for our ${provider} account to replace the one in use.\n\nPlease tell us when it is ready, and when exactly the old one stops working: everything that uses it has to be changed first.\n\nThank you.`
        : `Hello,\n\nplease issue a new ${label} for our ${provider} account to replace the one ending in ${lastFour}.\n\nPlease tell us when it is ready, and when exactly the old one stops working: everything that uses it has to be changed first.\n\nThank you.`,
  },

  store: {
    title: "Put in the new key",
    lead: "It is stored beside the old one. Nothing uses it yet.",
    replaces: (lastFour: string) => `replaces the one that ends with ${lastFour}`,
    keeps: "stays as it is if you leave it empty",
    forgets: (tails: string) =>
      tails === ""
        ? "A new key is stored already. It is forgotten for this one."
        : `A new key is stored already: ${tails}. It is forgotten for this one.`,
    empty: (label: string) => `Paste the new ${label}.`,
    whitespace: "It has a space or line break inside. Copy the key alone.",
    facts: (characters: string, lastFour: string | null) =>
      lastFour === null ? characters : `${characters}, ends with ${lastFour}`,
    characters: (amount: number) => count(amount, "character", "characters"),
    save: "Store it",
    saving: "Storing, and reading it back…",
    where: (place: string) =>
      `It comes from: ${place}. Leave that page open until Keyturn says that it is safe.`,
    refused: "It is not stored. Leave the provider's page open, and paste the key again.",
  },

  verify: {
    title: "Does the new key work?",
    stored: (tails: string) => `The new key ends with ${tails}.`,
    sends: "What is sent",
    test: "Test the new key",
    testing: "Testing…",
    nothing:
      "This provider has no request that is harmless. Try the new key in your own program, then tell Keyturn.",
    word: "I have seen the new key work.",
    wordEmpty: "Tick this once you have seen it work.",
    takeWord: "Go on with my word",
    instead: "I tested it another way…",
    refused: "The new key stays stored, and nothing uses it yet.",
  },

  confirm: {
    title: "Make ready what uses the key, then confirm",
    lead: "Confirming may end the old key. Give the new one to everything below first.",
    leadPlain: "Give the new key to everything below, then tell the provider that it arrived.",
    told: "I have confirmed it to the provider",
    behindTitle: "These do not have the new key yet",
    behindLead: "They may fail from the moment you confirm.",
    anyway: "Confirm all the same",
    wait: "Not yet",
  },

  promote: {
    title: "Use the new key",
    lead: "From now on, copies, requests and tokens use the new key. The old one stays stored until it is retired.",
    unverified: "Nothing has shown yet that the new key works.",
    word: "I know that the new key works.",
    act: "Use the new key",
  },

  retire: {
    title: "Retire the old key",
    title2: "The old key still works",
    still: "Still used by",
    stillLead: "They were seen with the old key, or do not have the new one by your list.",
    nobody: "Nothing is known to use the old key any more.",
    lead: "End the old key at the provider. Then Keyturn tests that it is dead, and forgets its value.",
    leadWord: "End the old key at the provider, if it does not end by itself. Then tell Keyturn.",
    ended: (when: string) => `The old key is dead, known since ${when}.`,
    lives: (when: string) => `The old key still worked ${when}.`,
    test: "Test that the old key is dead",
    testing: "Testing…",
    word: "The old key is ended at the provider.",
    wordEmpty: "Tick this once it is ended there.",
    act: "Retire it",
    answered: "It still answered. End it at the provider, then test again.",
  },

  done: {
    title: "The key is replaced",
    lead: "The new key is in use, and the old value is forgotten.",
    next: (day: string) => `It is due again on ${day}.`,
  },

  emergency: {
    title: "This key is compromised",
    since: (when: string) => `Declared ${when}`,
    offered: "What the provider offers",
    support: "Text to the provider's support",
    to: (address: string) => `Send it to ${address}`,
    report: "Incident report",
    last: "The record of the emergency is complete. Copy it now: it is not kept.",
    copySupport: "Copy the text",
    copyReport: "Copy the report",
    copied: "Copied. It holds no secret.",
    askTitle: (name: string) => `Is the key of ${name} compromised?`,
    askLead: "Keyturn then does this:",
    asks: [
      "It begins an emergency replacement, or makes the one under way an emergency.",
      "It names who uses the key, and what the provider offers.",
      "It prepares a text to the provider's support, and the record for your incident report.",
    ],
    askWarning:
      "It cannot end the key: the old key goes on working until the provider, or you there, ends it.",
    note: "What happened",
    noteHint: "For the incident report. No key, no password.",
    yes: "It is compromised",
  },
} as const;
