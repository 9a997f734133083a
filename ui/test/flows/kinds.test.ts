/** The detail of each kind of credential: what is known, and who says so. */
import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// What the window loads when it is asked for is there from the start: no test waits for a compiler.
import "../../src/features/credential/kinds/RevokeDialog.svelte";
import "../../src/features/credential/kinds/TokenMore.svelte";
import "../../src/features/credential/kinds/UsageCard.svelte";
import "../../src/features/snippets/SnippetsPage.svelte";
import { openAt } from "./window";

function part(name: string): Promise<HTMLElement> {
  return screen.findByRole("region", { name });
}

/** A fact of the card: its value with who says so. */
async function fact(label: string): Promise<string> {
  const card = await part("How it is used");
  const term = await within(card).findByText(label);
  return term.nextElementSibling?.textContent.replaceAll(/\s+/g, " ") ?? "";
}

test("an API key: the header with its last four, its age and rule, and who says each", async () => {
  await openAt("deepidv main");
  expect(await fact("Sent as")).toContain("x-api-key: ●●●●k31x");
  expect(await fact("Sent as")).toContain("source: documentation");
  expect(await fact("Age")).toMatch(/102 days, to be replaced at 90 .*source: you/);
  expect(await fact("Expiry")).toContain("No expiry known");
  expect(screen.queryByRole("region", { name: "Access token" })).toBeNull();
});

test("quotas stand there with what is used, and a doubtful one is marked", async () => {
  await openAt("deepidv main", (backend) => {
    const found = backend.credentials.find((one) => one.ref === "deepidv/main");
    const day = { scope: "organization", burst: null, plan: null, resets_at: null } as const;
    found?.limits.push(
      {
        ...day,
        label: "Requests a day",
        window: "day",
        limit: 10_000,
        used: 1_204,
        verified: true,
      },
      { ...day, label: "Requests", window: "second", limit: 25, used: 0, verified: false },
    );
  });
  expect(await fact("Requests a day")).toContain("1,204 of 10,000 today");
  expect(await fact("Requests")).toContain("source: not confirmed");
});

test("x5 a provider's clock that is off by more than a minute is told", async () => {
  await openAt("deepvue main", (backend) => {
    const found = backend.credentials.find((one) => one.ref === "deepvue/main");
    if (found !== undefined) found.clock_skew_s = -95;
  });
  expect(await fact("Clock")).toContain("95 seconds behind this computer's");
});

test("client credentials: the id is plain, the secret masked, and the token is kept fresh by a switch", async () => {
  const { backend, user } = await openAt("deepvue main");
  expect(screen.getByRole("article").textContent).toContain("northwind-live-4821");
  const fresh = await screen.findByRole("checkbox", { name: "Keep fresh" });
  await user.click(fresh);
  await waitFor(() =>
    expect(backend.called("edit_credential")).toEqual([
      { reference: "deepvue/main", keep_fresh: true },
    ]),
  );
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Keep fresh" }).checked).toBe(
      true,
    ),
  );
});

test("the last exchanges come out of the journal, without a secret", async () => {
  const { backend, user } = await openAt("deepvue main");
  expect(backend.called("list_journal")).toEqual([]);
  await user.click(await screen.findByText("Last exchanges"));
  await screen.findByText("production.deepvue.tech/v1/authorize");
  expect(backend.called("list_journal")).toMatchObject([
    { reference: "deepvue/main", kinds: ["exchanged", "revoked"] },
  ]);
});

test("an issuer key: two boxes, the key warned of, and the clear text of the device called by its name", async () => {
  await openAt("deeply factory", (backend) => {
    const found = backend.credentials.find((one) => one.ref === "deeply/factory");
    const cloud = backend.credentials.find((one) => one.ref === "deeply/cloud");
    if (found !== undefined && cloud !== undefined) found.token = { ...cloud.token };
  });
  const diagram = await part("What goes where");
  const nodes = within(diagram).getAllByRole("listitem");
  expect(nodes[0]?.textContent).toContain("API key ··9wLc");
  expect(nodes[0]?.textContent).toContain("It belongs in no request");
  expect(nodes[1]?.textContent).toContain("http://192.168.14.20/v1/auth/token");
  expect(nodes[1]?.textContent).toContain("Clear text");
  expect(nodes[2]?.textContent).toContain("Authorization: Bearer ‹token›");
  expect(await fact("Address")).toContain("Clear text");
});

test("a login: the token's header and claims are decoded by the agent, with its life as a bar", async () => {
  const { backend } = await openAt("dashboard");
  const card = await part("What the token says");
  expect(card.textContent).toContain("HS256");
  expect(card.textContent).toContain("maya@northwind.example");
  expect(card.textContent).toContain("Nobody checked its signature");
  expect(within(card).getByRole("meter").getAttribute("aria-valuetext")).toBe(
    "85 % of its life is over",
  );
  expect(backend.called("decode_token")).toContainEqual({ reference: "deepcurrent/dashboard" });
});

test("an opaque token has no such card", async () => {
  const { backend } = await openAt("deepvue main");
  await waitFor(() => expect(backend.called("decode_token")).not.toEqual([]));
  await part("How it is used");
  expect(screen.queryByRole("region", { name: "What the token says" })).toBeNull();
});

test("x4 an unknown end can be said by the user, who is named as its source, and taken back", async () => {
  const { backend, user } = await openAt("deeply cloud");
  await user.click(await screen.findByRole("button", { name: "Set expiry…" }));
  const field = screen.getByLabelText("This token ends at");
  await user.click(screen.getByRole("button", { name: "Set" }));
  await screen.findByText("Choose a day and a time.");
  expect(document.activeElement).toBe(field);
  await user.type(field, "2001-01-01T10:00");
  await user.click(screen.getByRole("button", { name: "Set" }));
  await screen.findByText("This was before the token was issued.");
  await user.clear(field);
  await user.type(field, "2099-01-01T10:00");
  await user.click(screen.getByRole("button", { name: "Set" }));
  await screen.findByText("as you said");
  expect(backend.called("set_token_end")).toMatchObject([{ reference: "deeply/cloud" }]);
  await user.click(screen.getByRole("button", { name: "Forget it" }));
  await screen.findByRole("button", { name: "Set expiry…" });
});

test("what was typed for one credential's end is gone when another is selected", async () => {
  const { user } = await openAt("deeply cloud", (backend) => {
    const cloud = backend.credentials.find((one) => one.ref === "deeply/cloud");
    const factory = backend.credentials.find((one) => one.ref === "deeply/factory");
    if (cloud !== undefined && factory !== undefined) factory.token = { ...cloud.token };
  });
  await user.click(await screen.findByRole("button", { name: "Set expiry…" }));
  await user.type(screen.getByLabelText("This token ends at"), "2099-01-01T10:00");
  await user.clear(screen.getByLabelText("Search credentials"));
  await user.type(screen.getByLabelText("Search credentials"), "deeply factory{ArrowDown}");
  await screen.findByRole("heading", { name: /factory/ });
  await screen.findByRole("button", { name: "Set expiry…" });
  expect(screen.queryByLabelText("This token ends at")).toBeNull();
});

test("what one token says, and how it was bought, never stands at another credential", async () => {
  const { backend, user } = await openAt("dashboard");
  await part("What the token says");
  await user.click(await screen.findByText("Last exchanges"));
  await screen.findByText("production.deepvue.tech/v1/authorize");
  // Of the next credential nothing is answered yet.
  const never = (): Promise<never> => new Promise(() => undefined);
  backend.decode_token = never;
  backend.list_journal = never;
  await user.clear(screen.getByLabelText("Search credentials"));
  await user.type(screen.getByLabelText("Search credentials"), "deepvue main{ArrowDown}");
  await screen.findByRole("heading", { name: /Deepvue\s+main/ });
  await waitFor(() =>
    expect(screen.queryByRole("region", { name: "What the token says" })).toBeNull(),
  );
  expect(screen.queryByText("production.deepvue.tech/v1/authorize")).toBeNull();
});

test("a known end cannot be changed", async () => {
  await openAt("deepvue main");
  await screen.findByRole("checkbox", { name: "Keep fresh" });
  expect(screen.queryByRole("button", { name: /expiry…/ })).toBeNull();
});

test("revoking is offered where the provider takes it, and asked for first", async () => {
  const { backend, user } = await openAt("deeply cloud");
  await user.click(await screen.findByRole("button", { name: "Revoke…" }));
  const dialog = await screen.findByRole("dialog");
  expect(backend.called("revoke_token")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Revoke" }));
  await screen.findByText("The token of Deeply cloud is revoked");
  expect(backend.called("revoke_token")).toEqual([{ reference: "deeply/cloud" }]);
});

test("revoking is not offered where nothing is known of it", async () => {
  await openAt("deepvue main");
  await screen.findByRole("checkbox", { name: "Keep fresh" });
  expect(screen.queryByRole("button", { name: "Revoke…" })).toBeNull();
});

test("a token that could not be renewed in the background says why", async () => {
  await openAt("deepvue main", (backend) => {
    const found = backend.credentials.find((one) => one.ref === "deepvue/main");
    if (found === undefined) return;
    found.keep_fresh = true;
    found.token = { ...found.token, kept_fresh: true, renewal_problem: "the network is down" };
  });
  await screen.findByText("Renewing in the background failed");
  await screen.findByText("the network is down");
});

test("in share-safe mode what a token says of its owner is masked, and so is the code's reference", async () => {
  const { user } = await openAt("dashboard");
  await screen.findByText("maya@northwind.example", { selector: "dd" });
  await user.keyboard("{Control>}{Shift>}M{/Shift}{/Control}");
  await screen.findByText(/Share-safe/);
  const card = await part("What the token says");
  await waitFor(() => expect(card.textContent).not.toContain("maya@northwind.example"));
  await user.click(screen.getByRole("tab", { name: "Snippets" }));
  await user.selectOptions(await screen.findByLabelText("Form"), "Reference");
  const code = await screen.findByRole("region", { name: "Reference" });
  expect(code.textContent).toMatch(/^keyturn:/);
  expect(code.textContent).not.toContain("dashboard");
});
