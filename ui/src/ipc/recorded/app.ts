/** The app around the window, recorded: preferences, the shortcut, and what goes on without a window. */
import { failure } from "./answers";
import type { AppInfo, AutostartView, Preferences, PreferencesView, ShortcutView } from "../types";

export class RecordedApp {
  preferences: Preferences = {
    closing_explained: false,
    theme: "system",
    density: "comfortable",
    text_size: 100,
    contrast: "system",
    motion: "system",
    language: "",
    letters_off: false,
    sidebar_hidden: false,
    list_width: 340,
    keys: {},
  };
  info: AppInfo = {
    version: "0.1.0",
    platform: "linux",
    architecture: "x86_64",
    id: "app.keyturn.desktop",
    agent: "0.1.0",
    protocol: 1,
    tauri: "2.12.5",
    webview: "2.50.6",
    paths: {
      vault: "/home/maya/.local/share/keyturn/vault.kyt",
      backups: "/home/maya/.local/share/keyturn/backups",
      preferences: "/home/maya/.config/keyturn/config.toml",
      profiles: "/home/maya/.config/keyturn/providers",
    },
  };
  shortcut: ShortcutView = {
    keys: "Ctrl+Alt+K",
    state: "working",
    decided: null,
    problem: null,
  };
  shareSafe = false;
  autostart: AutostartView = {
    on: true,
    by: "systemd's user manager",
    file: "/home/maya/.config/systemd/user/keyturn.service",
  };

  private asked = false;

  /** Whether closing is explained first, as the shell does once. */
  explainsClosing(): boolean {
    const explains = !this.asked && !this.preferences.closing_explained;
    this.asked = true;
    return explains;
  }

  preferencesView(): PreferencesView {
    return { preferences: { ...this.preferences }, problem: null };
  }

  setPreferences(preferences: Preferences): PreferencesView {
    this.preferences = { ...preferences };
    return this.preferencesView();
  }

  setShortcut(keys: string): ShortcutView {
    if (keys !== "" && !/^((Ctrl|Alt|Shift|Super)\+)+[A-Z0-9]$/.test(keys))
      throw failure("invalid_input", `'${keys}' is no shortcut`, "Write it like Ctrl+Alt+K.");
    const taken = keys === "Ctrl+Alt+T";
    this.shortcut = {
      keys,
      state: keys === "" ? "off" : taken ? "failed" : "working",
      decided: null,
      problem: taken ? "Another program has Ctrl+Alt+T: choose other keys." : null,
    };
    return this.shortcut;
  }

  setAutostart(on: boolean): AutostartView {
    const { by, file } = this.autostart;
    const path = file ?? "/home/maya/.config/systemd/user/keyturn.service";
    this.autostart = { on, by, file: on ? path : null };
    return this.autostart;
  }
}
