import { afterEach, expect, test, vi } from "vitest";
import { credentials } from "../../src/features/credential/credentials.svelte";
import { replaceBackend } from "../../src/ipc";
import { RecordedBackend } from "../../src/ipc/recorded";

afterEach(() => {
  vi.useRealTimers();
  credentials.clear();
  credentials.unselect();
});

test("of a row that a key passed, nothing is asked any more once the vault is locked", async () => {
  vi.useFakeTimers();
  const backend = new RecordedBackend();
  replaceBackend(backend);
  const asked = (): number => backend.called("show_credential").length;
  const first = credentials.pass("deepvue/main");
  await vi.runAllTimersAsync();
  await first;
  expect(asked(), "control").toBe(1);
  const passed = credentials.pass("deepvue/trial");
  credentials.clear();
  await vi.runAllTimersAsync();
  await passed;
  expect(asked()).toBe(1);
});
