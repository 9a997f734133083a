/** The variables of a request: `{{name}}` anywhere, `{name}` in the path. As keyturn-request has them. Pure. */
import type { Request } from "./contract";

const DOUBLE = /\{\{\s*([A-Za-z0-9_.$-]{1,64})\s*\}\}/g;
const SINGLE = /\{([A-Za-z0-9_.$-]{1,64})\}/g;

export function namesIn(text: string): string[] {
  return [...text.matchAll(DOUBLE)].map(([, name = ""]) => name);
}

export function namesInPath(path: string): string[] {
  const names = namesIn(path);
  const rest = path.replaceAll(DOUBLE, "");
  return [...names, ...[...rest.matchAll(SINGLE)].map(([, name = ""]) => name)];
}

/** All texts of a request but its path. */
export function textsOf({ query, headers, body }: Request): string[] {
  const texts = [...(query ?? []), ...(headers ?? [])].flatMap((one) => [
    one.name,
    one.value ?? "",
  ]);
  if (body === undefined) return texts;
  if ("text" in body) texts.push(body.text);
  if ("fields" in body) texts.push(...body.fields.flatMap((one) => [one.name, one.value ?? ""]));
  if ("parts" in body)
    for (const { name, content } of body.parts)
      texts.push(name, content.kind === "text" ? content.text : "");
  return texts;
}

export function namesOf(request: Request): string[] {
  const all = [...namesInPath(request.url), ...textsOf(request).flatMap(namesIn)];
  return [...new Set(all)];
}
