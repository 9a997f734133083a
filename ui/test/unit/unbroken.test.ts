import { expect, test } from "vitest";
import { unbroken } from "../../src/lib/unbroken";

test("a length of time does not break before its unit, nor between its parts", () => {
  const text = unbroken("The token of acme/main expires in 11 m 59 s, not in 2 d.");
  expect(text).toBe("The token of acme/main expires in 11\u00a0m\u00a059\u00a0s, not in 2\u00a0d.");
});

test("words and names stay as they are", () => {
  for (const text of ["It is due in 3 days.", "2 more", "version 4 stays", "acme/4 main"])
    expect(unbroken(text)).toBe(text);
});
