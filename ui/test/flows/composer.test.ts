/** What the composer does with keys, pasted addresses, files and what is taken back. */
import { screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { tester } from "../../src/features/tester/tester.svelte";
import { fill, openTester, paste, path } from "./desk";

function value(label: string): string {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

test("a pasted address is all that is asked, and a query that is typed is added to the others", async () => {
  await openTester();
  expect(value("Query: name 1")).toBe("pan_number");
  await fill(path(), "/v1/orders?limit=20");
  path().dispatchEvent(new Event("change", { bubbles: true }));
  await waitFor(() => expect(value("Query: name 2")).toBe("limit"));
  expect(value("Query: name 1")).toBe("pan_number");
  await paste("https://production.deepvue.tech:443/v1/status");
  expect(path().value).toBe("/v1/status");
  expect(tester.draft.request().query).toEqual([]);
});

test("what is wrong with an address of the own host is said, and its path is taken below the base", async () => {
  const { user } = await openTester();
  await paste("http://production.deepvue.tech/v1/a?b=c");
  await screen.findByText("production.deepvue.tech is not asked in clear text");
  await user.click(screen.getByRole("button", { name: "Take the path alone" }));
  expect([path().value, value("Query: value 1")]).toEqual(["/v1/a", "c"]);
  expect(document.activeElement).toBe(path());
  await paste("https://me:word@production.deepvue.tech/v1/b");
  await screen.findByText("There is a name or password in the address");
});
