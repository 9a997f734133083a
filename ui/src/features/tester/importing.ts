/** What comes from elsewhere: a curl command, an OpenAPI document, a Postman collection. */
import { ipc } from "../../ipc";
import { asFailure, type Failure } from "../../lib/failure";
import { testerWords as text } from "../../words/tester";
import { readAddress, withoutHost } from "./address";
import type { ImportedDocument, ImportedView, Request, SavedRequest } from "./contract";
import type { LoadNote } from "./loaded";
import { saved } from "./saved.svelte";
import { tester } from "./tester.svelte";

/** As much as the shell reads. */
export const LARGEST_DOCUMENT = 10 * 1024 * 1024;

/** What of a request did not come along, in sentences. */
export function notesOf(imported: ImportedView, ownHost: boolean): string[] {
  const { host } = withoutHost(imported.request.url);
  const elsewhere = host === null || ownHost ? [] : [text.importing.hostLeft(host)];
  return [...imported.removed, ...imported.left_out, ...elsewhere];
}

function isOwn(request: Request): boolean {
  const read = readAddress(request.url, tester.bases);
  return read.is === "path" || read.wrong !== "host";
}

/** Puts an imported request into the composer. A base's own path is not said twice. */
export function takeImported(imported: ImportedView, title: string): void {
  const lines = notesOf(imported, isOwn(imported.request));
  const note: LoadNote | null = { title, lines };
  tester.take(reduced(imported.request), null, note);
}

/** The request with a path below the base, in place of its whole address. */
function reduced(request: Request): Request {
  const { path, query } = readAddress(request.url, tester.bases);
  return { ...request, url: path, query: [...query, ...(request.query ?? [])] };
}

/** A pasted command in place of what is composed; what is wrong with it is told where requests fail. */
export async function takeCommand(command: string): Promise<Failure | null> {
  try {
    takeImported(await ipc().import_curl({ text: command }), text.importing.curlTaken);
    return null;
  } catch (error) {
    const failure = asFailure(error);
    tester.loadNote = {
      title: failure.title,
      lines: [failure.message, failure.hint ?? ""].filter(Boolean),
    };
    return failure;
  }
}

/** What was pasted or opened: one command, or a document with several requests. */
export async function readDocument(given: string): Promise<ImportedDocument> {
  return ipc().import_document({ text: given, base: tester.bases[0]?.base ?? null });
}

/** Saves the chosen ones; answers which of them were not, by their places, and why. Null where nothing was. */
export async function saveImported(
  chosen: ImportedDocument["requests"],
): Promise<{ at: number; why: string }[] | null> {
  const names = new Set<string>();
  const requests = chosen.map(({ name, folder, imported }): SavedRequest => {
    const free = saved.free([...folder, name].join(" / "), names);
    names.add(free);
    const request = reduced(imported.request);
    return { name: free, request, environment: null, recipe: null, sample: null, checks: [] };
  });
  const left = await saved.saveAll(requests);
  return left?.map(({ at, why }) => ({ at, why: asFailure(why).message })) ?? null;
}
