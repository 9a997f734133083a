/** How a credential is read: its title, what it needs, what copying it copies. Pure. */
import type { CredentialView, FieldView, ProviderView, TokenFormat } from "../../ipc";
import { words } from "../../words/en";

export function titleOf(credential: CredentialView, providerName: string): string {
  return `${providerName} ${credential.name}`;
}

/** Whether its requests carry an access token that it is exchanged for, not a key of its own. */
export function usesToken(credential: CredentialView, provider: ProviderView | undefined): boolean {
  if (credential.token.state !== "none") return true;
  if (provider === undefined || provider.exchanges.length === 0) return false;
  const holdsKey = ["captured", "last_four_only", "lost"].includes(credential.reveal.state);
  return !holdsKey && credential.fields.some((field) => field.secret && field.set);
}

/** The secret that stands for the credential in a list. */
export function mainSecret(credential: CredentialView): FieldView | undefined {
  const secrets = credential.fields.filter((field) => field.secret);
  return secrets.find((field) => field.set) ?? secrets[0];
}

export function fieldLabel(name: string, provider: ProviderView | undefined): string {
  const guide = provider?.fields.find((field) => field.name === name);
  if (guide !== undefined) return guide.label;
  const spaced = name.replaceAll(/[_-]/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** The forms of a token but the plain one, as a menu's choices. */
export function copyForms(): { id: TokenFormat; label: string }[] {
  const all = Object.keys(words.token.formats) as TokenFormat[];
  const others = all.filter((form) => form !== "raw");
  return others.map((id) => ({ id, label: words.token.formats[id] }));
}

/** The forms that a stored field can be copied in; the others are the token's. */
export const FIELD_FORMATS = ["env", "dotenv", "powershell", "json"] as const;

/** What was copied, in a word: the token is the key itself where no token is bought. */
export function copiedLabel(
  credential: CredentialView,
  part: string | undefined,
  provider: ProviderView | undefined,
): string {
  if (part !== undefined && part !== "token") return fieldLabel(part, provider);
  const secret = usesToken(credential, provider) ? undefined : mainSecret(credential);
  return secret === undefined ? words.copied.token : fieldLabel(secret.name, provider);
}

/** What the main button of a credential says. */
export function copyLabel(credential: CredentialView, provider: ProviderView | undefined): string {
  if (usesToken(credential, provider)) return words.token.copy;
  const secret = mainSecret(credential);
  const label = secret === undefined ? "" : fieldLabel(secret.name, provider);
  return words.token.copyKey(/^[A-Z]{2}/.test(label) ? label : label.toLowerCase());
}

export function canCopy(credential: CredentialView): boolean {
  return credential.fields.some((field) => field.secret && field.set);
}

/** Whether it waits for the user: a rotation that is due, or a key that is not caught or lost. */
export function needsAttention(credential: CredentialView): boolean {
  const { state } = credential.rotation;
  if (state === "due" || state === "overdue") return true;
  return (
    waitsForCapture(credential) || ["lost", "last_four_only"].includes(credential.reveal.state)
  );
}

export function waitsForCapture(credential: CredentialView): boolean {
  return credential.reveal.state === "not_revealed" && !canCopy(credential);
}
