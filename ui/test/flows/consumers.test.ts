import { screen, waitFor, within } from "@testing-library/svelte";
import { expect, test } from "vitest";
// Loaded on demand in the window; here before the first test, so that none waits for the compiler.
import "../../src/features/rotation/RotationDialog.svelte";
import { failure } from "../../src/ipc/recorded/answers";
import { openAt } from "./window";

async function section(): Promise<HTMLElement> {
  return screen.findByRole("region", { name: "Who uses it" });
}

test("who uses a key is told: written down by hand, and seen by the agent", async () => {
  await openAt("reports");
  const card = await section();
  expect(card.textContent).toContain("server report-2");
  expect(card.textContent).toContain("has the key in use");
  expect(card.textContent).toContain("make");
  expect(card.textContent).toContain("214 uses");
});

test("a consumer is added and removed by hand; an empty name and a twin are refused beside the field", async () => {
  const { backend, user } = await openAt("deepidv main");
  const card = await section();
  const field = within(card).getByLabelText<HTMLInputElement>("Add what uses it");
  await user.click(within(card).getByRole("button", { name: "Add" }));
  expect(within(card).getByText("Say what uses it.")).toBeTruthy();
  await user.type(field, "sign-up SERVICE{Enter}");
  expect(within(card).getByText("Sign-up service is on the list already.")).toBeTruthy();
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  await user.type(field, "AWS Secrets Manager{Enter}");
  await within(card).findByText("AWS Secrets Manager");
  expect(field.value).toBe("");
  expect(document.activeElement).toBe(field);
  await user.click(within(card).getByRole("button", { name: "Remove AWS Secrets Manager" }));
  await waitFor(() => expect(within(card).queryByText("AWS Secrets Manager")).toBeNull());
  expect(backend.called("edit_consumers")).toEqual([
    { reference: "deepidv/main", edit: { add: { name: "AWS Secrets Manager" } } },
    { reference: "deepidv/main", edit: { remove: { id: 2 } } },
  ]);
});

test("a refused edit keeps what was typed, and says why", async () => {
  const { user } = await openAt("deepidv main", (backend) =>
    backend.fail("edit_consumers", failure("not_saved", "the disk is full")),
  );
  const card = await section();
  const field = within(card).getByLabelText<HTMLInputElement>("Add what uses it");
  await user.type(field, "server Y{Enter}");
  await within(card).findByText("The disk is full.");
  expect(field.value).toBe("server Y");
});

test("while a new key is stored, those without it are called behind, and one click brings them up", async () => {
  const { user } = await openAt("deepidv main", (backend) => {
    const reference = "deepidv/main";
    backend.rotations.advance({ reference, step: "start" });
    backend.rotations.advance({
      reference,
      step: { store: { secrets: { api_key: "x".repeat(16) } } },
    });
  });
  const card = await section();
  expect(card.textContent).toContain("2 still use the old key");
  expect(card.textContent).toContain("has the old key");
  await user.click(within(card).getByRole("button", { name: "Has the new key now" }));
  await waitFor(() => expect(card.textContent).toContain("1 still uses the old key"));
});

test("a tick that is refused is taken back, and one that is kept stays", async () => {
  const { backend, user } = await openAt("deepidv main", (given) => {
    const reference = "deepidv/main";
    given.rotations.advance({ reference, step: "start" });
    const store = { secrets: { api_key: "x".repeat(16) } };
    given.rotations.advance({ reference, step: { store } });
    given.rotations.advance({ reference, step: { verify: { by_word: true } } });
    given.fail("edit_consumers", failure("not_saved", "the disk is full"));
  });
  await user.keyboard("{Control>}r{/Control}");
  const dialog = within(await screen.findByRole("dialog"));
  const box = await dialog.findByLabelText<HTMLInputElement>("Sign-up service has the new key");
  await user.click(box);
  await dialog.findByText("The disk is full.");
  await waitFor(() => expect(box.checked).toBe(false));
  backend.mend("edit_consumers");
  await user.click(box);
  await dialog.findByText("has the new key");
  expect(box.checked).toBe(true);
});
