/** What Keyturn knows of providers: a cache that a change of one of them empties. */
import { SvelteMap } from "svelte/reactivity";
import { ipc, type ProviderSummary, type ProviderView } from "../../ipc";

/** `PROVIDER/NAME`, with or without a field after it. */
function partsOf(reference: string): [provider: string, name: string] {
  const [provider = "", name = ""] = reference.split("/");
  return [provider, name];
}

class Providers {
  all = $state.raw<ProviderSummary[]>([]);
  private readonly views = new SvelteMap<string, ProviderView>();
  /** What is asked for at the moment. */
  private readonly asked = new Map<string, Promise<ProviderView>>();

  async load(): Promise<void> {
    this.all = await ipc().list_providers();
  }

  /** What is known already; {@link open} fetches it. */
  view(id: string): ProviderView | undefined {
    return this.views.get(id);
  }

  async open(id: string): Promise<ProviderView> {
    const known = this.views.get(id);
    if (known !== undefined) return known;
    const asked = this.asked.get(id) ?? ipc().show_provider({ id });
    this.asked.set(id, asked);
    try {
      const view = await asked;
      // An answer to what was asked before a change, or before the lock, is not kept.
      if (this.asked.get(id) === asked) this.views.set(id, view);
      return view;
    } finally {
      if (this.asked.get(id) === asked) this.asked.delete(id);
    }
  }

  /** Fetches what is known of these; a credential outlives a profile that is gone. */
  async openAll(ids: Iterable<string>): Promise<void> {
    await Promise.allSettled([...new Set(ids)].map((id) => this.open(id)));
  }

  name(id: string): string {
    return this.all.find((provider) => provider.id === id)?.name ?? id;
  }

  /** What is known of the provider of a credential, or of one of its fields. */
  viewOf(reference: string): ProviderView | undefined {
    return this.view(partsOf(reference)[0]);
  }

  /** How a credential is called: by its provider's name and its own. */
  title(reference: string): string {
    const [provider, name] = partsOf(reference);
    return `${this.name(provider)} ${name}`;
  }

  /** The name of a credential's provider. */
  nameOf(reference: string): string {
    return this.name(partsOf(reference)[0]);
  }

  async changed(id: string): Promise<void> {
    this.asked.delete(id);
    this.views.delete(id);
    await this.load();
    await this.open(id);
  }

  clear(): void {
    this.all = [];
    this.asked.clear();
    this.views.clear();
  }
}

export const providers = new Providers();
