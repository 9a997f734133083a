/** What each kind of failure is called, and what to do where the agent does not say. */
import type { ErrorCode } from "../ipc/types";

type Entry = { title: string; hint: string | null };

const byCode: Record<ErrorCode, Entry> = {
  invalid_input: { title: "That was not understood", hint: null },
  already_exists: { title: "It exists already", hint: "Choose another name." },
  vault_absent: { title: "There is no vault yet", hint: null },
  vault_locked: { title: "The vault is locked", hint: "Unlock it and try again." },
  wrong_key: {
    title: "That does not open the vault",
    hint: "Check Caps Lock and the keyboard layout.",
  },
  too_many_attempts: { title: "Too many tries", hint: "Wait a moment." },
  keyring_unavailable: {
    title: "The OS keyring does not answer",
    hint: "Unlock the keyring, or go on without it.",
  },
  not_found: { title: "It is not there any more", hint: null },
  refused_by_policy: { title: "Keyturn does not send this", hint: null },
  no_consent: { title: "Not allowed", hint: "Unlock the vault from this window and try again." },
  confirmation_needed: { title: "This needs a yes", hint: null },
  passphrase_first: { title: "The passphrase is asked for first", hint: null },
  credential_refused: {
    title: "The provider refused the credential",
    hint: "Compare it with the provider's dashboard.",
  },
  provider_answer: { title: "An unexpected answer", hint: "Try again in a moment." },
  not_yet: {
    title: "Not yet: the provider's limit is reached",
    hint: "Try again when there is room.",
  },
  network: { title: "The provider cannot be reached", hint: "Check the connection and try again." },
  tls: {
    title: "The connection is not trusted",
    hint: "Nothing was sent. A proxy or a wrong address may be in between.",
  },
  timeout: { title: "The provider did not answer in time", hint: "Try again in a moment." },
  vault_damaged: {
    title: "The vault file is damaged",
    hint: "Nothing was changed. A backup lies in the folder “backups” beside it.",
  },
  vault_newer: {
    title: "This vault was written by a newer Keyturn",
    hint: "Install the newer version; this one leaves the file alone.",
  },
  vault_quarantined: {
    title: "The vault is open for reading only",
    hint: "Its file is older than the newest one that Keyturn has seen.",
  },
  not_saved: { title: "Not saved", hint: "The old state stays. Check the free space on the disk." },
  clipboard_unavailable: { title: "The clipboard cannot be reached", hint: null },
  agent_unreachable: {
    title: "The agent does not answer",
    hint: "Keyturn starts it by itself. If this stays, install Keyturn again: the program “keyturn” belongs beside the window's.",
  },
  restart_needed: {
    title: "An older agent is still running",
    hint: "Lock it and end it with “keyturn stop”; then try again.",
  },
  internal: { title: "Keyturn made a mistake", hint: "Try again." },
};

export const errors = { ...byCode, unexpected: "Something unexpected happened." };
