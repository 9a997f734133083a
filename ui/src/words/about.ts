/** The words of the about screen. They come with it, not with the window. */
import { count } from "../lib/plural";
import { spoken } from "./spoken";

export const aboutWords = spoken("about", {
  title: "About Keyturn",
  lead: "API credentials, encrypted on this computer and nowhere else.",
  versions: "Versions",
  rows: {
    app: "Keyturn",
    agent: "Agent",
    protocol: "Protocol",
    tauri: "Tauri",
    webview: "Web view",
    system: "System",
    id: "App id",
  },
  webviews: { linux: "WebKitGTK", macos: "WebKit", windows: "WebView2" } as Record<string, string>,
  noAgent: "does not answer",
  unknown: "does not say",
  copy: "Copy all",
  copied: "Versions copied",
  paths: "Files",
  pathRows: {
    vault: "Vault",
    backups: "Backups",
    preferences: "Preferences",
    profiles: "Your own providers",
  },
  copyOf: (what: string) => `Copy: ${what}`,
  copiedOf: (what: string) => `Copied: ${what}`,
  licence: "Licence",
  licenceLead: "Keyturn may be used under the MIT licence or the Apache licence 2.0, as you like.",
  licences: "Licences of what Keyturn is made of",
  licencesLead: (packages: number) =>
    `${count(packages, "package", "packages")} by other people, each with its licence.`,
  search: "Search packages",
  nothing: (text: string) => `No package is called “${text}”.`,
  show: "Show the licences",
  loading: "Reading…",
  failed: "The licences could not be read.",
  textOf: (name: string, version: string, licence: string) => `${name} ${version}, ${licence}`,
  ownText: "Keyturn's own licence texts",
} as const);
