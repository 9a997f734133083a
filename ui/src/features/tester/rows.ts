/** The rows of the composer's tables. The last one is always empty: typing into it makes another. Pure. */
import type { Header, Param, Part } from "./contract";

export interface Row {
  id: number;
  on: boolean;
  name: string;
  value: string;
  /** Whether it is sent as it is written: it was pasted in an encoding that is not ours. */
  encoded: boolean;
}

export interface PartRow extends Row {
  kind: "text" | "file";
  /** Which file, where it is one. */
  path: string;
  contentType: string;
}

let last = 0;

export function blank(): Row {
  return { id: (last += 1), on: true, name: "", value: "", encoded: false };
}

export function blankPart(): PartRow {
  return { ...blank(), kind: "text", path: "", contentType: "" };
}

export function isBlank(row: Row): boolean {
  return row.name === "" && row.value === "" && !("path" in row && row.path !== "");
}

/** With an empty row at the end. */
export function ended<Any extends Row>(rows: Any[], empty: () => Any): Any[] {
  const end = rows.at(-1);
  return end !== undefined && isBlank(end) ? rows : [...rows, empty()];
}

export function rowOf(given: Param | Header): Row {
  const { name, value, on } = given;
  const encoded = "encoded" in given && given.encoded === true;
  return { ...blank(), name, value: value ?? "", on: on ?? true, encoded };
}

export function rowsOf(given: (Param | Header)[] | undefined): Row[] {
  return [...(given ?? []).map(rowOf), blank()];
}

/** The rows with these too: a name that is given takes the place of the rows that have it. */
export function merged(rows: Row[], given: Param[]): Row[] {
  const names = new Set(given.map(({ name }) => name));
  const others = rows.filter((row) => !isBlank(row) && !names.has(row.name));
  return [...others, ...rowsOf(given)];
}

export function paramsOf(rows: Row[]): Param[] {
  return rows
    .filter((row) => row.name !== "" || row.value !== "")
    .map(({ name, value, on, encoded }) => ({
      name,
      value,
      ...(on ? {} : { on }),
      ...(encoded ? { encoded } : {}),
    }));
}

export function headersOf(rows: Row[]): Header[] {
  return rows
    .filter((row) => row.name.trim() !== "")
    .map(({ name, value, on }) => ({ name: name.trim(), value, ...(on ? {} : { on }) }));
}

export function partRowOf(part: Part): PartRow {
  const { name, content, content_type, on } = part;
  const file = content.kind === "file";
  return {
    ...blankPart(),
    name,
    on: on ?? true,
    kind: content.kind,
    value: file ? "" : content.text,
    path: file ? content.path : "",
    contentType: content_type ?? "",
  };
}

export function partsOf(rows: PartRow[]): Part[] {
  return rows
    .filter((row) => !isBlank(row))
    .map(({ name, value, on, kind, path, contentType }) => ({
      name,
      content: kind === "file" ? { kind, path, file_name: fileName(path) } : { kind, text: value },
      ...(contentType.trim() === "" ? {} : { content_type: contentType.trim() }),
      ...(on ? {} : { on }),
    }));
}

/** What the server is told that a file is called. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
