import { describe, expect, test } from "vitest";
import {
  check,
  controlOf,
  emptyDraft,
  ofProvider,
  toCall,
} from "../../src/features/provider/draft";
import type { ProviderView } from "../../src/ipc";
import views from "../../src/ipc/recorded/providers.json";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const none = new Set<string>();

function provider(id: string): ProviderView {
  const found = (views as ProviderView[]).find((view) => view.id === id);
  if (found === undefined) throw new Error(id);
  return found;
}

function problems(id: string, change: Partial<ReturnType<typeof emptyDraft>>): object {
  return check({ ...emptyDraft(provider(id), none), ...change }, provider(id), none, NOW);
}

test("the first free name is offered", () => {
  expect(emptyDraft(provider("deepvue"), none).name).toBe("main");
  expect(emptyDraft(provider("deepvue"), new Set(["deepvue/main"])).name).toBe("main-2");
});

describe("once the provider's facts are others", () => {
  const before = provider("deepvue");
  const [production] = before.environments;
  if (production === undefined) throw new Error("it has an environment");
  const sandbox = { ...production, name: "sandbox", own: true };
  const both = { ...before, environments: [production, sandbox] };
  const draft = {
    ...emptyDraft(before, none),
    note: "written",
    values: { client_id: "northwind" },
  };

  test("what was typed and chosen stays, and a new field is empty", () => {
    const now = ofProvider({ ...draft, environments: ["production"] }, both);
    expect(now).toMatchObject({ note: "written", environments: ["production"] });
    expect(now.values).toEqual({ client_id: "northwind", client_secret: "" });
    expect(ofProvider({ ...draft, environments: [] }, both).environments).toEqual([]);
  });

  test("what there is no more goes, and the only environment is chosen", () => {
    const values = { ...draft.values, gone: "typed" };
    const now = ofProvider({ ...draft, values, environments: ["sandbox"] }, before);
    expect(now.environments).toEqual(["production"]);
    expect(now.values).not.toHaveProperty("gone");
  });
});

describe("a name", () => {
  test.each([
    ["n".repeat(500), /At most 64 characters; this has 500/],
    ["", /Give it a name/],
    ["two words", /Letters, digits/],
    ["שלום", /Letters, digits/],
    ["-x", /beginning with a letter/],
  ])("like %.10s is explained", (name, words) => {
    expect(problems("deepvue", { name })).toHaveProperty("name", expect.stringMatching(words));
  });

  test("that is taken is refused before anything is sent", () => {
    const draft = { ...emptyDraft(provider("deepvue"), none), name: "main" };
    const found = check(draft, provider("deepvue"), new Set(["deepvue/main"]), NOW);
    expect(found["name"]).toMatch(/already have/);
  });
});

test("dv1 both fields of a pair are asked for, by the provider's labels", () => {
  const found = problems("deepvue", {});
  expect(Object.keys(found)).toEqual(["field:client_id", "field:client_secret"]);
  expect(Object.values(found)[0]).toContain("Client id");
});

test("a placeholder or a stray space is pointed out", () => {
  const values = { client_id: "YOUR_CLIENT_ID", client_secret: "abc \n" };
  expect(Object.values(problems("deepvue", { values }))).toEqual([
    expect.stringContaining("placeholder"),
    expect.stringContaining("space"),
  ]);
});

test("de4 clear text needs a yes, and only where an environment speaks it", () => {
  const values = { api_key: "0123456789ab", edge_ip: "192.168.1.20" };
  expect(problems("deeply", { values, environments: ["public"] })).toEqual({});
  expect(problems("deeply", { values, environments: ["edge"] })).toHaveProperty("plainHttp");
});

test("dc1 either way to log in is enough", () => {
  expect(problems("deepcurrent", {})).toHaveProperty("field:api_key");
  const values = { username: "a@b.example", password: "p" };
  expect(problems("deepcurrent", { values })).toEqual({});
});

test("open fields and secrets are told apart, and empty ones are not sent", () => {
  const draft = emptyDraft(provider("deepidv"), none);
  draft.values = { organization: "", api_key: "k" };
  expect(toCall(draft, provider("deepidv"))).toMatchObject({
    fields: {},
    secrets: { api_key: "k" },
    environments: ["production"],
  });
});

test("an error of the agent is led to the control that it names", () => {
  const view = provider("deepvue");
  expect(controlOf("'client_secret' is too short", "invalid_input", view)).toBe(
    "field:client_secret",
  );
  expect(controlOf("there is one already", "already_exists", view)).toBe("name");
  expect(controlOf("the disk is full", "not_saved", view)).toBeNull();
});
