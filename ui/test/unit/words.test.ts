import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { markOf } from "../../src/features/provider/mark";
import { waitOf } from "../../src/features/session/wait";
import { asFailure } from "../../src/lib/failure";
import { lastFour, prefixOf, strengthOf } from "../../src/lib/scalar";

const SOURCES = join(import.meta.dirname, "../../src");

async function sources(kind: string): Promise<{ path: string; text: string }[]> {
  const names = await readdir(SOURCES, { recursive: true });
  const paths = names.filter((name) => name.endsWith(kind) && !name.includes("bindings"));
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(SOURCES, path), "utf8") })),
  );
}

test("advice for the command line is not repeated in the window", () => {
  const error = {
    code: "already_exists",
    message: "there is a credential called 'a/b' already",
    hint: "Choose another --name, or change it with `keyturn edit a/b`.",
  };
  expect(asFailure(error)).toMatchObject({
    message: "There is a credential called 'a/b' already.",
    hint: "Choose another name.",
  });
});

test("what is no error of the shell is told without its text", () => {
  const failure = asFailure(new Error("canary"));
  expect(JSON.stringify(failure)).not.toContain("canary");
  expect(failure.code).toBe("internal");
});

test("the growing wait is read from the agent's advice", () => {
  expect(waitOf("Try again in 16 s.")).toBe(16);
  expect(waitOf(null)).toBe(1);
});

test("providers with alike names get different marks", () => {
  const names = ["DeepCurrent", "deepidv", "Deeply", "Deepvue"];
  expect(names.map((name) => markOf(name, names))).toEqual(["DC", "DI", "DL", "DV"]);
  expect(markOf("Acme", ["Acme"])).toBe("AC");
});

test("what is shown of a caught key gives nothing away", () => {
  expect(lastFour("short")).toBeNull();
  expect(lastFour("dc_0123456789")).toBe("6789");
  expect(prefixOf("dc_0123456789")).toBe("dc_");
  expect(prefixOf("0123456789")).toBeNull();
});

test("the strength hint knows the worst from the good", () => {
  expect(strengthOf("aaaaaaaaaaaa")).toBe(0);
  expect(strengthOf("password123")).toBe(0);
  expect(strengthOf("correct horse battery staple")).toBe(3);
});

test("nothing but the door imports the shell", async () => {
  for (const { path, text } of [...(await sources(".ts")), ...(await sources(".svelte"))]) {
    if (path !== join("ipc", "index.ts")) expect(text, path).not.toContain("@tauri-apps/");
  }
});

test("no markup carries an inline style, nor text that bypasses escaping", async () => {
  for (const { path, text } of await sources(".svelte")) {
    expect(text, path).not.toMatch(/\sstyle=["{]/);
    expect(text, path).not.toContain("{@html");
  }
});

test("nothing moves without end", async () => {
  for (const { path, text } of [...(await sources(".svelte")), ...(await sources(".css"))])
    expect(text, path).not.toMatch(/\binfinite\b|backdrop-filter/);
});

test("no file is longer than 250 lines", async () => {
  for (const { path, text } of [...(await sources(".ts")), ...(await sources(".svelte"))]) {
    const limit = path.startsWith("words") || path === join("ipc", "recorded.ts") ? 400 : 250;
    expect(text.split("\n").length, path).toBeLessThanOrEqual(limit);
  }
});
