/** A request as it is composed: rows that may be empty or off, and what was typed for each kind of body. */
import type { SampleView } from "../../ipc";
import { sizeOf } from "../drafts/room";
import type { Body, Check, Request } from "./contract";
import { PickedFiles } from "./files";
import { isKept, type KeptDraft, type Missing, type Place } from "./keeping";
import {
  blank,
  blankPart,
  headersOf,
  paramsOf,
  partRowOf,
  partsOf,
  rowsOf,
  type PartRow,
  type Row,
} from "./rows";
import { namesOf } from "./variables";

export type BodyKind = Body["kind"];

export class Draft {
  method = $state("GET");
  path = $state("/");
  query = $state<Row[]>([blank()]);
  headers = $state<Row[]>([blank()]);
  kind = $state<BodyKind>("none");
  json = $state("");
  text = $state("");
  contentType = $state("");
  fields = $state<Row[]>([blank()]);
  parts = $state<PartRow[]>([blankPart()]);
  file = $state("");
  fileType = $state("");
  values = $state<Record<string, string>>({});
  checks = $state<Check[]>([]);
  /** Under which name it is saved, and which sample it came from. */
  saved = $state<string | null>(null);
  sample = $state<string | null>(null);
  /** Whether it differs from what is saved. */
  changed = $state(false);
  /** Whether an answer to it came, and nothing was changed since. */
  answered = false;
  /** Grows with each request that is taken in place of what was there. */
  filled = 0;
  readonly files = new PickedFiles();

  private body(): Body {
    switch (this.kind) {
      case "json":
        return { kind: "json", text: this.json };
      case "form":
        return { kind: "form", fields: paramsOf(this.fields) };
      case "multipart":
        return { kind: "multipart", parts: partsOf(this.parts) };
      case "text": {
        const type = this.contentType.trim();
        return { kind: "text", text: this.text, ...(type === "" ? {} : { content_type: type }) };
      }
      case "file": {
        const type = this.fileType.trim();
        return { kind: "file", path: this.file, ...(type === "" ? {} : { content_type: type }) };
      }
      case "none":
        return { kind: "none" };
    }
  }

  /** What is sent: without the rows that are empty. */
  request(): Request {
    const body = this.body();
    return {
      method: this.method.trim() === "" ? "GET" : this.method.trim(),
      url: this.path.trim() === "" ? "/" : this.path.trim(),
      query: paramsOf(this.query),
      headers: headersOf(this.headers),
      ...(body.kind === "none" ? {} : { body }),
      ...(Object.keys(this.values).length === 0 ? {} : { variables: { ...this.values } }),
    };
  }

  /** The variables of it; all of them, the path's first. */
  variables(): string[] {
    return namesOf(this.request());
  }

  /** The names of the files that it sends. */
  fileNames(): string[] {
    if (this.kind === "file") return this.file === "" ? [] : [this.file];
    if (this.kind !== "multipart") return [];
    const sent = this.parts.filter((part) => part.on && part.kind === "file" && part.path !== "");
    return sent.map((part) => part.path);
  }

  /** How large its body is, as far as that is known before it is sent: without names and boundaries. */
  bodyBytes(): number {
    const files = this.fileNames().reduce((sum, name) => sum + (this.files.sizeOf(name) ?? 0), 0);
    const body = this.body();
    if (body.kind === "json" || body.kind === "text") return sizeOf(body.text);
    if (body.kind !== "multipart") return files;
    const texts = this.parts.filter((part) => part.on && part.kind === "text");
    return texts.reduce((sum, { value }) => sum + sizeOf(value), files);
  }

  /** Takes a request in place of what is there. */
  fill(request: Request, checks: Check[] = []): void {
    const { body } = request;
    this.method = request.method;
    this.path = request.url;
    this.query = rowsOf(request.query);
    this.headers = rowsOf(request.headers);
    this.kind = body?.kind ?? "none";
    this.json = body?.kind === "json" ? body.text : "";
    this.text = body?.kind === "text" ? body.text : "";
    this.contentType = body?.kind === "text" ? (body.content_type ?? "") : "";
    this.fields = rowsOf(body?.kind === "form" ? body.fields : []);
    this.parts = [...(body?.kind === "multipart" ? body.parts.map(partRowOf) : []), blankPart()];
    this.file = body?.kind === "file" ? body.path : "";
    this.fileType = body?.kind === "file" ? (body.content_type ?? "") : "";
    this.values = { ...request.variables };
    this.checks = [...checks];
    this.saved = null;
    this.sample = null;
    this.changed = false;
    this.answered = false;
    this.filled += 1;
    this.files.clear();
  }

  /** All of it but the contents of its files; {@link forVault} says what of that is kept. */
  kept(place: Place): KeptDraft {
    const { checks, saved, sample, answered } = this;
    const request = this.request();
    return { ...place, request, checks: [...checks], saved, sample, answered, missing: [] };
  }

  /** Takes what was kept; answers where it goes and what is missing, or null where it is none of ours. */
  restore(given: unknown): (Place & { missing: Missing[] }) | null {
    // One of this session is only written out now.
    const kept: unknown = given === undefined ? null : JSON.parse(JSON.stringify(given));
    if (!isKept(kept)) return null;
    this.fill(kept.request, kept.checks);
    this.saved = kept.saved;
    this.sample = kept.sample;
    this.answered = kept.answered;
    this.changed = true;
    const { environment, recipe, missing } = kept;
    const files: Missing[] = this.fileNames().length > 0 ? ["files"] : [];
    return { environment, recipe, missing: [...missing, ...files] };
  }
}

/** A sample of the profile, typed out. */
export function ofSample(sample: SampleView): Request {
  const { method, path, query, body } = sample;
  const json = body?.content_type.includes("json") === true;
  return {
    method,
    url: path,
    query: query.map(([name, value]) => ({ name, value })),
    ...(body === null
      ? {}
      : {
          body: json
            ? { kind: "json", text: body.text }
            : { kind: "text", text: body.text, content_type: body.content_type },
        }),
  };
}
