import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { listFilter } from "../../src/features/list/filter.svelte";
import { openAt } from "./window";

test("the star keeps a credential at hand, and the filter shows those alone", async () => {
  const { backend, user } = await openAt("deepidv");
  const star = screen.getByRole("button", { name: "Favourite" });
  expect(star.getAttribute("aria-pressed")).toBe("false");
  await user.click(star);
  await waitFor(() => expect(star.getAttribute("aria-pressed")).toBe("true"));
  const [call] = backend.called("edit_credential") as { favourite: boolean }[];
  expect(call).toMatchObject({ favourite: true });

  await user.clear(screen.getByLabelText("Search credentials"));
  await user.click(screen.getByRole("button", { name: "Favourites, 1" }));
  // The list draws only what it sees, which is nothing without a layout.
  await waitFor(() => expect(listFilter.shown.map((one) => one.favourite)).toEqual([true]));

  await user.click(star);
  await waitFor(() => expect(listFilter.shown).toHaveLength(0));
});
