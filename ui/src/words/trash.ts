/** The words of the trash. They come with its screen, not with the window. */
import { count } from "../lib/plural";
import { spoken } from "./spoken";

export const trashWords = spoken("trash", {
  title: "Trash",
  lead: (days: number) =>
    `What was removed stays ${count(days, "day", "days")}, encrypted, and is then deleted for good.`,
  empty: "Nothing is in the trash",
  emptyHint: "What you remove stays here for 30 days and can be brought back.",
  emptyAll: "Empty the trash…",
  restore: "Restore",
  restoreOf: (reference: string) => `Restore ${reference}`,
  restoring: "Restoring…",
  restored: (reference: string) => `${reference} is back`,
  remove: "Delete…",
  removeOf: (reference: string) => `Delete ${reference} for good…`,
  removed: (when: string) => `Removed ${when}`,
  left: (days: number) =>
    days <= 0 ? "Deleted for good today" : `${count(days, "day", "days")} left`,
  keyOf: (lastFour: string) => `··${lastFour}`,
  taken: (reference: string) => `${reference} is the name of another credential now.`,
  newName: "New name",
  deleteTitle: (reference: string) => `Delete ${reference} for good?`,
  deleteLead: "Its keys and notes are wiped from the vault. Nobody can bring them back.",
  deleteBackups: "Backups of the vault that were made before still hold it.",
  deleteConfirm: "Delete for good",
  deleted: (amount: number) => `${count(amount, "credential", "credentials")} deleted for good`,
  emptyTitle: (amount: number) => `Delete ${count(amount, "credential", "credentials")} for good?`,
} as const);
