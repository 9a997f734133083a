/** What of an edited credential is sent, and what is refused before. */
import { expect, test } from "vitest";
import { check, draftOf, toCall, type EditDraft } from "../../src/features/edit/draft";
import type { CredentialDetail, ProviderView } from "../../src/ipc";
import { demoCredentials } from "../../src/ipc/recorded/credentials";
import providers from "../../src/ipc/recorded/providers.json";

const credential = demoCredentials(Date.now()).find(({ ref }) => ref === "deepvue/main");
const provider = (providers as ProviderView[]).find(({ id }) => id === "deepvue");
if (credential === undefined || provider === undefined) throw new Error("the demo has changed");
const [one, view]: [CredentialDetail, ProviderView] = [credential, provider];

function changed(part: Partial<EditDraft>): EditDraft {
  return { ...draftOf(one, view), ...part };
}

test("a form that was only looked at sends nothing", () => {
  expect(toCall(changed({}), one, false)).toBeNull();
  expect(check(changed({}), one, view, new Set([one.ref]))).toEqual({});
});

test("only what changed is sent", () => {
  expect(toCall(changed({ owner: "Ravi", every: "45" }), one, false)).toEqual({
    reference: "deepvue/main",
    owner: "Ravi",
    rotate_every_days: 45,
    allow_plain_http: false,
    confirmed: false,
  });
});

test("what is emptied is taken away", () => {
  const dated: CredentialDetail = {
    ...one,
    issued_on: "2026-01-01",
    expires_on: "2026-12-31",
    rotate_every_days: 90,
    owner: "Maya",
  };
  const draft = { ...draftOf(dated, view), issuedOn: "", expiresOn: "", every: "", owner: " " };
  expect(toCall(draft, dated, true)).toMatchObject({
    clear_issued_on: true,
    clear_expires_on: true,
    rotate_every_days: 0,
    owner: "",
    confirmed: true,
  });
});

test("a secret is sent only where it was typed anew", () => {
  expect(toCall(changed({ note: "n" }), one, false)).not.toHaveProperty("secrets");
  const call = toCall(changed({ secrets: { client_secret: "another-one-1234" } }), one, false);
  expect(call?.secrets).toEqual({ client_secret: "another-one-1234" });
  const problems = check(changed({ secrets: { client_secret: "" } }), one, view, new Set());
  expect(Object.keys(problems)).toEqual(["field:client_secret"]);
});

test("each thing that cannot be is said at its control", () => {
  const problems = check(
    changed({
      name: "trial",
      environments: [],
      owner: "o".repeat(201),
      note: "n".repeat(2_001),
      issuedOn: "2026-05-02",
      expiresOn: "2026-05-01",
      every: "0",
      ageOnly: true,
    }),
    one,
    view,
    new Set(["deepvue/trial"]),
  );
  expect(Object.keys(problems).sort()).toEqual(
    ["ageOnly", "environments", "every", "expiresOn", "name", "note", "owner"].sort(),
  );
});
