/** Which credentials the list shows: one filter of the sidebar, and the words in the search field. */
import type { CredentialView } from "../../ipc";
import { words } from "../../words/en";
import { credentials } from "../credential/credentials.svelte";
import { isFavourite } from "../credential/favourite";
import { needsAttention } from "../credential/reading";
import { health } from "../health/health.svelte";
import { providers } from "../provider/providers.svelte";

export type Filter =
  | { kind: "all" | "expiring" | "attention" | "favourites" }
  | { kind: "provider" | "environment"; value: string };

/** What the list may be narrowed to, with how many there are of each. */
export interface Tally {
  expiring: number;
  attention: number;
  favourites: number;
  providers: { id: string; name: string; amount: number }[];
  environments: { name: string; amount: number }[];
}

function isExpiring(credential: CredentialView): boolean {
  return ["soon", "urgent", "expired"].includes(credentials.phase(credential));
}

/** What is due or not caught, and what the health page calls grave. */
function wantsUser(credential: CredentialView): boolean {
  return needsAttention(credential) || health.pressing.has(credential.ref);
}

function matches(credential: CredentialView, filter: Filter): boolean {
  switch (filter.kind) {
    case "all":
      return true;
    case "expiring":
      return isExpiring(credential);
    case "attention":
      return wantsUser(credential);
    case "favourites":
      return isFavourite(credential);
    case "provider":
      return credential.provider === filter.value;
    case "environment":
      return credential.environment === filter.value;
  }
}

function searchText(credential: CredentialView): string {
  const tails = credential.fields.map((field) => field.last_four ?? "");
  const parts = [
    providers.name(credential.provider),
    credential.ref,
    credential.environment,
    credential.owner ?? "",
    ...tails,
  ];
  return parts.join("\n").toLocaleLowerCase();
}

function amounts(values: string[]): [string, number][] {
  return [...new Set(values)]
    .sort((a, b) => a.localeCompare(b))
    .map((value) => [value, values.filter((other) => other === value).length]);
}

class ListFilter {
  current = $state.raw<Filter>({ kind: "all" });
  search = $state("");

  /** What each credential is found by, in the order of the credentials: made before it is typed for. */
  private readonly texts = $derived(credentials.all.map(searchText));

  readonly shown = $derived.by(() => {
    const { texts, current } = this;
    const wanted = this.search.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (current.kind === "all" && wanted.length === 0) return credentials.all;
    return credentials.all.filter((credential, at) => {
      const text = texts[at] ?? "";
      return wanted.every((word) => text.includes(word)) && matches(credential, current);
    });
  });

  readonly tally = $derived.by((): Tally => {
    const all = credentials.all;
    return {
      expiring: all.filter(isExpiring).length,
      attention: all.filter(wantsUser).length,
      favourites: all.filter(isFavourite).length,
      providers: amounts(all.map((one) => one.provider)).map(([id, amount]) => ({
        id,
        name: providers.name(id),
        amount,
      })),
      environments: amounts(all.map((one) => one.environment)).map(([name, amount]) => ({
        name,
        amount,
      })),
    };
  });

  readonly label = $derived.by(() => {
    const { current } = this;
    if (current.kind === "provider") return providers.name(current.value);
    return current.kind === "environment" ? current.value : words.filters[current.kind];
  });

  choose(filter: Filter): void {
    this.current = filter;
  }

  isChosen(filter: Filter): boolean {
    return JSON.stringify(filter) === JSON.stringify(this.current);
  }

  reset(): void {
    this.current = { kind: "all" };
    this.search = "";
  }
}

export const listFilter = new ListFilter();
