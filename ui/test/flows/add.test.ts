import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { providers } from "../../src/features/provider/providers.svelte";
import { RecordedBackend } from "../../src/ipc/recorded";
import { failure } from "../../src/ipc/recorded/answers";
import { openWindow, type Opened } from "./window";

const CANARY = "canary-9f27-SECRET-0123456789";

async function openForm(provider: string, opened: Opened = openWindow()): Promise<Opened> {
  await screen.findByRole("listbox");
  await opened.user.keyboard("{Control>}n{/Control}");
  const gallery = await screen.findByRole("dialog");
  await opened.user.click(
    await within(gallery).findByRole("button", { name: new RegExp(provider) }),
  );
  await screen.findByLabelText("Name");
  return opened;
}

function submit(): HTMLElement {
  return within(screen.getByRole("dialog")).getByRole("button", { name: "Add credential" });
}

/** Whether a provider could ever be clicked before what stands above it was there. */
function watchCards(): () => boolean {
  let early = false;
  const observer = new MutationObserver(() => {
    const cards = document.querySelector("button.card") !== null;
    early ||= cards && document.querySelector("[data-paste]") === null;
  });
  observer.observe(document.body, { subtree: true, childList: true });
  return () => early;
}

// First, while the zone for pastes is still to be loaded.
test("no provider moves away under a click: what stands above it comes first", async () => {
  const cameEarly = watchCards();
  openWindow({ credentials: [] });
  await screen.findByRole("button", { name: /deepidv/ });
  expect(document.querySelector("[data-paste]")).not.toBeNull();
  expect(cameEarly()).toBe(false);
});

test("the gallery speaks in the providers' words and says where the key is found", async () => {
  const { user } = openWindow({ credentials: [] });
  await screen.findByText("Add your first credential");
  const card = await screen.findByRole("button", { name: /deepidv/ });
  expect(card.textContent).toContain("Identity verification sessions");
  expect(card.textContent).toContain("Admin Console → Settings → API Keys");
  expect(card.textContent).toContain("Key, no fixed end");
  expect(card.textContent).toContain("x-api-key: …");
  const deepvue = screen.getByRole("button", { name: /^Deepvue/ });
  expect(deepvue.textContent).toContain("Gets access tokens");
  expect(deepvue.textContent).toContain("Token, 24 h");
  expect(deepvue.textContent).toContain("Authorization: Bearer …");
  const deepcurrent = screen.getByRole("button", { name: /^DeepCurrent/ });
  expect(deepcurrent.textContent).toContain("Key sent as it is, or tokens");
  expect(deepcurrent.textContent).toContain("Token, no lifetime documented");
  await user.click(card);
  await screen.findByText("Add a deepidv credential");
});

test("dv1 a credential is added, selected, and its secret is nowhere in the page", async () => {
  const { backend, user } = await openForm("Deepvue");
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "checkout");
  await user.type(screen.getByLabelText("Client id"), "northwind");
  await user.type(screen.getByLabelText("Client secret"), CANARY);
  expect(screen.getByLabelText("Client secret").getAttribute("type")).toBe("password");
  await user.click(submit());
  await screen.findByText("Deepvue checkout added");
  expect(backend.called("add_credential")).toMatchObject([
    { fields: { client_id: "northwind" }, secrets: { client_secret: CANARY } },
  ]);
  const article = await screen.findByRole("article", { busy: false });
  expect(article.textContent).toContain("checkout");
  expect(document.documentElement.outerHTML).not.toContain(CANARY);
  expect(document.documentElement.outerHTML).toContain("6789");
});

test("what was typed stays when the provider's facts come again meanwhile", async () => {
  const { backend, user } = await openForm("deepidv");
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "front");
  backend.emit({ provider_changed: "deepidv" });
  await waitFor(() => expect(backend.called("show_provider").length).toBeGreaterThan(21));
  await user.type(screen.getByLabelText("Name"), "-desk");
  expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("front-desk");
});

/** What a backend tells of a provider, with one environment more. */
function oneMore(backend: RecordedBackend): RecordedBackend["show_provider"] {
  const before = backend.show_provider.bind(backend);
  return async (call) => {
    const view = await before(call);
    const added = view.environments.slice(0, 1).map((one) => ({ ...one, name: "sandbox" }));
    return { ...view, environments: [...view.environments, ...added] };
  };
}

test("an environment that is added meanwhile can be chosen, and what was typed stays", async () => {
  const { backend, user } = await openForm("deepidv");
  await user.type(screen.getByLabelText("API key"), CANARY);
  expect(screen.queryByRole("checkbox", { name: /sandbox/ })).toBeNull();
  backend.show_provider = oneMore(backend);
  backend.emit({ provider_changed: "deepidv" });
  await user.click(await screen.findByRole("checkbox", { name: /sandbox/ }));
  expect(screen.getByLabelText<HTMLInputElement>("API key").value).toBe(CANARY);
  await user.click(submit());
  await waitFor(() => expect(backend.called("add_credential")).toHaveLength(1));
  expect(backend.called("add_credential")).toMatchObject([
    { environments: ["production", "sandbox"], secrets: { api_key: CANARY } },
  ]);
});

test("an answer that was asked for before a change and comes after it is not kept", async () => {
  let late = (): void => undefined;
  const { backend } = openWindow({ credentials: [] }, (recorded) => {
    const real = recorded.show_provider.bind(recorded);
    recorded.show_provider = async (call) => {
      const view = await real(call);
      if (call.id === "deepidv") await new Promise<void>((done) => (late = done));
      return view;
    };
  });
  await waitFor(() => expect(backend.called("show_provider")).toContainEqual({ id: "deepidv" }));
  backend.show_provider = oneMore(new RecordedBackend({}));
  backend.emit({ provider_changed: "deepidv" });
  await waitFor(() => expect(providers.view("deepidv")?.environments).toHaveLength(2));
  late();
  await screen.findByRole("button", { name: /deepidv/ });
  expect(providers.view("deepidv")?.environments).toHaveLength(2);
});

test("a positive control: a secret in the page would be found", () => {
  document.body.append(CANARY);
  expect(document.documentElement.outerHTML).toContain(CANARY);
  document.body.lastChild?.remove();
});

test("all problems stand beside their fields, what was typed stays, the first gets the focus", async () => {
  const { backend, user } = await openForm("Deepvue");
  const name = screen.getByLabelText<HTMLInputElement>("Name");
  await fireEvent.input(name, { target: { value: "n".repeat(500) } });
  await user.type(screen.getByLabelText("Client id"), "שלום");
  await user.click(submit());
  await screen.findByText("2 fields need another look.");
  expect(screen.getByText("At most 64 characters; this has 500.")).toBeTruthy();
  expect(screen.getByText("Client secret is needed.")).toBeTruthy();
  expect(document.activeElement).toBe(name);
  expect(name.value).toHaveLength(500);
  expect(screen.getByLabelText<HTMLInputElement>("Client id").value).toBe("שלום");
  expect(backend.called("add_credential")).toEqual([]);
});

test("what the agent refuses is led to its field, with the secret still there", async () => {
  const { backend, user } = await openForm("Deepvue");
  backend.fail(
    "add_credential",
    failure(
      "invalid_input",
      "'client_id' is the placeholder",
      "Take it from Dashboard → Credentials.",
    ),
  );
  await user.type(screen.getByLabelText("Client id"), "x");
  await user.type(screen.getByLabelText("Client secret"), CANARY);
  await user.click(submit());
  const id = screen.getByLabelText("Client id");
  await waitFor(() => expect(id.getAttribute("aria-invalid")).toBe("true"));
  expect(document.activeElement).toBe(id);
  expect(screen.getByLabelText<HTMLInputElement>("Client secret").value).toBe(CANARY);
});

test("de4 clear text is agreed to by name, or the form says so", async () => {
  const { backend, user } = await openForm("Deeply");
  await user.type(screen.getByLabelText(/^API key/), CANARY);
  await user.click(screen.getByRole("checkbox", { name: /^edge/ }));
  await user.click(submit());
  await screen.findByText(/choose an encrypted environment/);
  await user.click(screen.getByRole("checkbox", { name: /speaks clear text/ }));
  await user.click(submit());
  await waitFor(() =>
    expect(backend.called("add_credential")).toMatchObject([
      { environments: ["public", "edge"], allow_plain_http: true },
    ]),
  );
});
