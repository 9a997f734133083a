/** The words of the health page. They come with its screen, not with the window. */
import type { HealthKind } from "../ipc";
import { count } from "../lib/plural";
import { spoken } from "./spoken";

export const healthWords = spoken("health", {
  title: "Health",
  lead: (credentials: number, when: string) =>
    `${count(credentials, "credential", "credentials")} looked at, ${when}.`,
  again: "Look again",
  looking: "Looking…",
  calm: "Nothing needs you",
  calmHint: (credentials: number) =>
    credentials === 0
      ? "There are no credentials yet."
      : `${count(credentials, "credential", "credentials")} looked at: none is overdue, reused, lost or without an owner.`,
  grave: "Do these first",
  later: "When there is time",
  kinds: {
    compromised: {
      title: "Compromised",
      why: "Somebody else may have the key, and it is not known to be dead.",
      act: "End it at its provider; going on with its replacement says how.",
    },
    overdue: {
      title: "Overdue",
      why: "The day on which the key was to be replaced has passed.",
      act: "Replace it, or give it a later day.",
    },
    reused_value: {
      title: "The same value more than once",
      why: "Whoever gets one of them has all of them.",
      act: "Get each place a key of its own.",
    },
    test_key_in_production: {
      title: "Test key in production",
      why: "A key for tests is bound to an environment of real data.",
      act: "Store the key for production in its place.",
    },
    value_lost: {
      title: "Value lost",
      why: "What is not stored here cannot be used from here.",
      act: "Catch it again where somebody still has it; otherwise replace it.",
    },
    consumers_behind: {
      title: "Somebody still has the old key",
      why: "They fail on the day the provider ends it.",
      act: "Give them the new key, then note that they have it.",
    },
    never_rotated: {
      title: "Never replaced",
      why: "The longer a key lives, the more places have it.",
      act: "Replace it, and set an interval for the next time.",
    },
    no_owner: {
      title: "No owner",
      why: "Nobody is asked when it has to be replaced.",
      act: "Name a person or a team.",
    },
    unused: {
      title: "Unused for 90 days",
      why: "A key that nobody needs is a risk without a use.",
      act: "End it at the provider and remove it here, if nobody misses it.",
    },
  } satisfies Record<HealthKind, { title: string; why: string; act: string }>,
  acts: {
    open: "Open credential",
    rotate: "Replace the key",
    resume: "Go on replacing",
    owner: "Set owner",
  },
  actFor: (act: string, reference: string) => `${act}: ${reference}`,
  owner: "Owner",
  ownerHint: "A person or a team, as you would ask for them.",
  ownerEmpty: "Say who it is.",
  ownerLong: "At most 200 characters.",
  ownerSave: "Save",
  ownerSaved: (reference: string, owner: string) => `${owner} is the owner of ${reference}`,
} as const);
