/** An answer's body for reading: JSON is laid out where it is JSON, anything else stays as it came. */
export function pretty(body: string): string {
  const start = body.trimStart().charAt(0);
  if (start !== "{" && start !== "[") return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
