/** The words of the snippets. */
import { spoken } from "./spoken";

export const snippetWords = spoken("snippets", {
  title: "Code without secrets",
  lead: "Each form reads the environment, or asks Keyturn when it runs: what you paste here may be committed.",
  choose: "Form",
  forms: {
    shell: "Shell: set the variable",
    curl: "cURL",
    httpie: "HTTPie",
    python: "Python",
    javascript: "JavaScript (server)",
    powershell_variable: "PowerShell: set the variable",
    powershell: "PowerShell",
    browser: "Browser or mobile app",
    reference: "Reference",
  },
  notes: {
    reference: "Names the secret and holds none: for files that everybody may read.",
    browser: "A page is everybody's. This one asks your own server, which adds the secret.",
    shell: "Run it once in the terminal; the other forms read what it sets.",
    powershell_variable: "Run it once in the terminal; the other forms read what it sets.",
  },
  copy: "Copy",
  copied: (form: string) => `${form} copied; no secret is in it`,
  warning: "Never in a browser or a mobile app",
  secretTitle: "With the secret itself",
  secretLead:
    "The live token in a form for one quick call. It goes to the clipboard, is hidden from clipboard histories, and is cleared.",
  copyAs: "Copy with the token as…",
  withKey: "Copy cURL with the key…",
  withKeyTitle: "Copy a long-lived secret?",
  withKeyLead:
    "Some endpoints want the long-lived key beside the token. It does not end by itself: whoever finds it in a shell history, a ticket or a chat can use it until it is replaced.",
  withKeyConfirm: "Copy with the key",
});
