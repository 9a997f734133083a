/**
 * The files of a request, as they were picked: the page has what is in them, never where they lie. They live as
 * long as the request is composed, and are no part of what is kept of it.
 */

import type { Failure } from "../../lib/failure";
import { numberText } from "../../lib/locale";
import { testerWords as text } from "../../words/tester";

/** The largest body that the agent sends, and so the largest file. */
export const LARGEST = 10 * 1024 * 1024;

/** Why such a body is not sent: what the agent would say, before all of it was read. */
export function tooLarge(bytes: number): Failure {
  return {
    code: "invalid_input",
    title: text.files.longTogether,
    message: text.files.together(numberText(bytes)),
    hint: null,
    action: "none",
  };
}

export class PickedFiles {
  private readonly all = new Map<string, File>();

  /** Keeps it; answers the name that the request knows it by. */
  pick(file: File): string {
    let name = file.name;
    for (let more = 2; this.all.has(name) && this.all.get(name) !== file; more += 1)
      name = `${more}/${file.name}`;
    this.all.set(name, file);
    return name;
  }

  sizeOf(name: string): number | null {
    return this.all.get(name)?.size ?? null;
  }

  has(name: string): boolean {
    return this.all.has(name);
  }

  /** What is in those that are named, in base64; what was not picked again is left out. */
  async contents(names: string[]): Promise<[string, string][]> {
    const picked = [...new Set(names)].flatMap((name) => {
      const file = this.all.get(name);
      return file === undefined ? [] : [[name, file] as const];
    });
    return Promise.all(picked.map(async ([name, file]) => [name, await base64(file)]));
  }

  clear(): void {
    this.all.clear();
  }
}

function base64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      const address = String(reader.result);
      done(address.slice(address.indexOf(",") + 1));
    };
    reader.onerror = () => failed(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
}
