/** Saving what is composed, under the name that it has or a new one. */
import type { SavedRequest } from "./contract";
import { desk } from "./desk.svelte";
import { drafts } from "../drafts/drafts.svelte";
import { saved } from "./saved.svelte";
import { tester } from "./tester.svelte";

function composed(name: string): SavedRequest {
  const { draft, credential } = tester;
  const usual = tester.environment === credential?.environment;
  return {
    name,
    request: draft.request(),
    environment: usual ? null : tester.environment,
    recipe: tester.recipe,
    sample: draft.sample,
    checks: $state.snapshot(draft.checks),
  };
}

/** Saves it under a name; answers whether it was. */
export async function saveAs(name: string, replaces: string | null): Promise<boolean> {
  if (!(await saved.save(composed(name), replaces))) return false;
  tester.draft.saved = name;
  tester.draft.changed = false;
  if (tester.credential !== null) drafts.drop("request", tester.credential.ref);
  return true;
}

/** Saves it where it came from, or asks for a name. */
export async function save(): Promise<boolean> {
  const name = tester.draft.saved;
  if (name !== null && saved.named(name) !== undefined) return saveAs(name, name);
  desk.dialog = "save";
  return false;
}
