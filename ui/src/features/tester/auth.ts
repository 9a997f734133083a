/** What authenticates a request, and what typed by hand would contradict it. Pure. */
import type { CredentialDetail, ProviderView, RecipeView } from "../../ipc";
import type { Row } from "./rows";

/** The recipe that requests of this credential are sent with where none is chosen. */
export function usualRecipe(
  credential: CredentialDetail,
  provider: ProviderView | undefined,
): RecipeView | undefined {
  const method = provider?.methods.find(({ name }) => name === credential.method?.name);
  const usual = method ?? provider?.methods[0];
  return provider?.recipes.find(({ name }) => name === usual?.recipe) ?? provider?.recipes[0];
}

/** The recipe that a request is sent with: the chosen one, or its sample's, or the usual one. */
export function recipeOf(
  credential: CredentialDetail | null,
  provider: ProviderView | undefined,
  chosen: string | null,
  method: string,
  path: string,
): RecipeView | undefined {
  if (credential === null) return undefined;
  const sample = provider?.samples.find((one) => one.method === method && one.path === path);
  const wanted = chosen ?? sample?.recipe ?? null;
  const named = provider?.recipes.find(({ name }) => name === wanted);
  return named ?? usualRecipe(credential, provider);
}

/** What of a credential's recipes can be taken: the way that its method and its fields allow. */
export function recipesFor(
  credential: CredentialDetail,
  provider: ProviderView | undefined,
): RecipeView[] {
  const set = new Set(credential.fields.filter((field) => field.set).map(({ name }) => name));
  const buys = (provider?.exchanges.length ?? 0) > 0;
  const has = (what: string): boolean => (what === "token" ? buys : set.has(what));
  return (provider?.recipes ?? []).filter(({ carries }) => carries.every(has));
}

/** The names of the headers that a recipe sets, in lower case. */
export function headersOf(recipe: RecipeView | undefined): string[] {
  const sends = recipe?.sends.filter((one) => !one.startsWith("?")) ?? [];
  return sends.map((one) => one.slice(0, one.indexOf(":")).toLowerCase());
}

/** The header that is typed although the recipe sets it. */
export function conflictIn(rows: Row[], recipe: RecipeView | undefined): string | null {
  const own = new Set(["authorization", ...headersOf(recipe)]);
  const found = rows.find((row) => row.on && own.has(row.name.trim().toLowerCase()));
  return found?.name.trim() ?? null;
}

/** Whether a token has to be bought before this request can be sent. */
export function buysFirst(
  credential: CredentialDetail,
  environment: string | null,
  recipe: RecipeView | undefined,
): boolean {
  if (recipe?.carries.includes("token") !== true) return false;
  if (environment !== null && environment !== credential.environment) return true;
  return credential.token.state === "none" || credential.token.state === "expired";
}
