/** The words of the window that asks whether a program may use the vault. They come with that window. */
import type { ConsentAction, ConsentReach } from "../ipc";
import { count } from "../lib/plural";
import { spoken } from "./spoken";

/** What a program wants, as the end of "NAME wants to …". */
const wants: Record<ConsentAction, string> = {
  take_token: "take an access token",
  take_secret: "take a stored key or password",
  copy: "copy a value to the clipboard",
  show: "show a stored value on the screen",
  send: "send a request with a credential",
  look: "see names, states and dates",
  change: "change what the vault holds",
};

/** What follows from it, where a person may not know. */
const means: Record<ConsentAction, string> = {
  take_token: "The token works until it ends, wherever the program carries it.",
  take_secret: "Such a value lives long, and works wherever the program carries it.",
  copy: "Every program on this screen can read the clipboard.",
  show: "It appears in a window of its own. The program itself does not get it.",
  send: "The request goes to the provider with your credential. The program gets the answer.",
  look: "No key, password or token is handed out.",
  change: "It can replace or remove credentials.",
};

const reach: Record<ConsentReach, string> = {
  terminal: "everything in that terminal may use the whole vault without asking.",
  program: "this program and what it starts may use the whole vault without asking.",
};

export const consentWords = spoken("consent", {
  title: (name: string, action: ConsentAction) => `${name} wants to ${wants[action]}`,
  unknownName: "An unknown program",
  means: (action: ConsentAction) => means[action],
  callsItself: (name: string) => `calls itself “${name}”`,
  program: "Program",
  unknown: "Unknown: Keyturn cannot tell which file it runs.",
  runs: (script: string) => `runs ${script}`,
  process: (pid: number) => `process ${pid}`,
  parents: "Started by",
  alone: "Nothing above it is known.",
  targets: "Wants",
  reach: (of: ConsentReach) => `Allow once is for this alone. Allow until lock: ${reach[of]}`,
  refuse: "Refuse",
  once: "Allow once",
  untilLock: "Allow until lock",
  ends: (seconds: number) => `Refused by itself in ${count(seconds, "second", "seconds")}`,
  over: "It was refused, since there was no answer. You can close this window.",
  nothing: "Nothing is asked any more.",
} as const);
