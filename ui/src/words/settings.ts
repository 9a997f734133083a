/** The words of the settings. They come with their screen, not with the window. */
import { count } from "../lib/plural";
import { spoken } from "./spoken";

/** A setting: what it is called, what it does, and by which other words it is looked for. */
export interface SettingWords {
  label: string;
  hint?: string;
  also?: string;
}

export const settingsWords = spoken("settings", {
  title: "Settings",
  lead: "Each change is kept at once, and can be taken back.",
  search: "Search settings",
  sectionsLabel: "Parts of the settings",
  nothing: (text: string) => `No setting is called “${text}”.`,
  clear: "Clear the search",
  sections: {
    general: "General",
    security: "Security",
    reminders: "Expiry and reminders",
    appearance: "Appearance",
    shortcuts: "Shortcuts",
    network: "Network",
    data: "Data",
    about: "About",
  },
  rows: {
    general: {
      autostart: {
        label: "Start the agent when you log in",
        hint: "Reminders then come, and tokens stay fresh, before you open anything.",
        also: "autostart boot login",
      },
      palette: {
        label: "Keys for the palette, in every program",
        hint: "Press them anywhere to copy a token. Leave the field empty for none.",
        also: "global shortcut hotkey quick copy",
      },
      closing: {
        label: "Say what goes on when the window is closed",
        hint: "Closing ends the window alone: agent and tray stay. Ctrl+Q ends everything.",
        also: "close quit tray",
      },
    },
    security: {
      lockAfter: {
        label: "Lock when nothing was done for",
        hint: "Counted from the last use of the vault, by this window or any program.",
        also: "auto-lock idle timeout",
      },
      lockOnSleep: {
        label: "Lock before this computer sleeps",
        also: "suspend hibernate lid",
      },
      lockOnScreen: {
        label: "Lock with the screen",
        also: "screen lock screensaver",
      },
      clipboard: {
        label: "Clear a copied secret after",
        hint: "5 to 3,600 seconds. What you copy yourself meanwhile is left alone.",
        also: "clipboard copy paste seconds",
      },
      reveal: {
        label: "Show a secret for",
        hint: "3 to 120 seconds, in a window of its own.",
        also: "reveal timeout seconds",
      },
      passphraseFirst: {
        label: "Ask for the passphrase before a key is shown",
        hint: "In this window. Copying does not ask, nor does the command line.",
        also: "reveal re-authenticate password confirm",
      },
      dailyCheck: {
        label: "Check once a day whether keys still work",
        hint: "Sends saved requests that change nothing, and harmless test calls, while the vault is open. A failure comes as a reminder.",
        also: "daily check alive test saved requests",
      },
    },
    reminders: {
      pause: { label: "Pause", also: "silent mute reminders notifications" },
      when: { label: "When", also: "days ahead lead time of day reminders notifications" },
      quiet: { label: "Quiet hours", also: "night silent reminders notifications" },
      countdown: {
        label: "When a token is soon over",
        also: "countdown soon urgent expiring thresholds percent days",
      },
      privacy: { label: "Privacy", also: "names hide notifications reminders" },
      intervals: { label: "How often keys are replaced", also: "rotation interval expiry days" },
    },
    appearance: {
      theme: { label: "Theme", also: "dark light colours mode" },
      density: { label: "Rows", also: "density compact comfortable height" },
      textSize: { label: "Text size", also: "font zoom large small" },
      contrast: { label: "Contrast", also: "high accessibility" },
      shareSafe: {
        label: "Hide names while you share the screen",
        hint: "Names, hosts, owners, notes and last characters are masked until you switch it off.",
        also: "share-safe presentation privacy mask",
      },
      motion: { label: "Motion", also: "animation reduced accessibility" },
    },
    shortcuts: {
      letters: {
        label: "Letters and signs do nothing alone",
        hint: "For speech input: only keys with Ctrl, arrows and the like act then.",
        also: "single keys letters accessibility",
      },
      list: {
        label: "Keys of the window",
        hint: "Press Change, then the new keys. Esc leaves, Backspace puts the default back.",
        also: "keyboard shortcuts keys hotkeys rebind change bindings default",
      },
    },
    network: {
      reach: {
        label: "Where Keyturn connects to",
        hint: "The addresses of your credentials' providers, and nothing else. It looks for no updates and reports nothing.",
        also: "telemetry update hosts addresses",
      },
      proxy: {
        label: "Proxies",
        hint: "None is used. HTTPS_PROXY and its like are ignored, since a proxy would learn where your credentials go.",
        also: "proxy http_proxy",
      },
      redirects: {
        label: "Redirects",
        hint: "Never followed with a credential: a key goes to its provider's address alone.",
        also: "redirect follow",
      },
      clearText: {
        label: "Unencrypted connections",
        hint: "Only where a provider's profile allows it, to private addresses, and after you agreed for that credential.",
        also: "http plain tls https certificate",
      },
    },
    data: {
      vault: { label: "Vault", hint: "One encrypted file.", also: "path file folder" },
      backups: {
        label: "Backups",
        hint: "Copies of the vault, encrypted as it is.",
        also: "backup folder path restore",
      },
      config: { label: "Preferences", hint: "No secret is in it.", also: "config.toml path file" },
      profiles: { label: "Your own providers", hint: "A file each.", also: "profiles path folder" },
      trash: {
        label: "Trash",
        also: "removed deleted restore",
      },
      activity: {
        label: "Activity",
        hint: "What was done with your credentials, by which program.",
        also: "journal log audit",
      },
    },
    about: {
      versions: {
        label: "Keyturn",
        hint: "Versions, licences, and what to copy into a question for help.",
        also: "version licence license tauri webkit",
      },
    },
  },
  startedBy: (by: string) => `Started by ${by}.`,
  startFile: (path: string) => `Written in ${path}.`,
  paletteWrong: "Write it like Ctrl+Alt+K: one or more of Ctrl, Alt, Shift, Super, and a key.",
  paletteTaken: (keys: string, does: string) =>
    `${keys} is a key of this window: ${does}. Choose other keys here, or there.`,
  paletteStates: {
    off: "No keys: use the tray, or bind keyturn-desktop --palette by hand.",
    working: "Works in every program.",
    asked: "Your desktop was asked for these keys, and may be asking you.",
    failed: "These keys do nothing.",
  },
  keys: {
    sheet: "All keys on a sheet",
    change: "Change",
    changeOf: (does: string, keys: string) => `Change the keys: ${does}, now ${keys}`,
    restore: "Default",
    restoreOf: (does: string, keys: string) => `Default keys: ${does}, ${keys}`,
    restoreAll: "All defaults",
    press: "Press keys…",
    pressFor: (does: string) => `New keys: ${does}`,
    pressing: (does: string) =>
      `${does}: press the new keys. Esc leaves, Backspace puts the default back.`,
    goesOn: (key: string) => `${key}, and another key after it.`,
    now: (does: string, keys: string) => `${does}: ${keys}.`,
    left: (does: string, keys: string) => `${does}: still ${keys}.`,
    allRestored: "All keys are the default ones.",
    ignored: (why: string) => `The keys in your preferences do not count: ${why}`,
    taken: (keys: string, does: string) => `${keys} is taken: ${does}.`,
    everywhere: (keys: string) =>
      `${keys} brings up the palette in every program, and does not get here.`,
    refused: {
      close: (keys: string) => `${keys} closes the window.`,
      quit: (keys: string) => `${keys} quits Keyturn.`,
      moves: (keys: string) => `${keys} moves through the window.`,
      presses: (keys: string) => `${keys} presses what has the focus.`,
      leaves: (keys: string) => `${keys} leaves, or closes.`,
      edits: (keys: string) => `${keys} edits text.`,
      system: (keys: string) => `${keys} belongs to the system.`,
      nameless: () => "That key has no name here.",
      digit: () => "Press a digit from 1 to 9: it stands for all nine.",
      prefix: (keys: string) => `${keys} begins the keys for screens.`,
      sequence: (keys: string) => `${keys} does not work here: choose one key.`,
    },
  },
  paletteDecided: (keys: string) => `Your desktop decided: ${keys}.`,
  lockTimes: {
    60: "1 minute",
    300: "5 minutes",
    600: "10 minutes",
    900: "15 minutes",
    1800: "30 minutes",
    3600: "1 hour",
    14400: "4 hours",
  } as Record<number, string>,
  lockOther: (seconds: number) =>
    seconds % 60 === 0
      ? count(seconds / 60, "minute", "minutes")
      : count(seconds, "second", "seconds"),
  lockNever: (hours: number) => `Never, but after ${count(hours, "hour", "hours")}`,
  seconds: "seconds",
  clipboardWrong: "A whole number of seconds from 5 to 3,600.",
  revealWrong: "A whole number of seconds from 3 to 120.",
  signals: "Keyturn cannot tell when this computer sleeps or its screen is locked",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  densities: { comfortable: "Comfortable", compact: "Compact" },
  contrasts: { system: "As the system", more: "More" },
  motions: { system: "As the system", reduced: "None" },
  percent: (size: number) => `${size} %`,
  preferencesProblem: "Your preferences are not understood",
  trashKept: (days: number) =>
    `What you remove stays there, encrypted, for ${count(days, "day", "days")}.`,
  open: { trash: "Open the trash", activity: "Open the activity", about: "Versions and licences" },
  copyPath: (what: string) => `Copy the path: ${what}`,
  pathCopied: (what: string) => `Path copied: ${what}`,
  none: "not known",
} as const);

export type SectionName = keyof typeof settingsWords.sections;
export type RowName = {
  [Section in SectionName]: keyof (typeof settingsWords.rows)[Section];
}[SectionName];
