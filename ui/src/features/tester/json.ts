/**
 * JSON as somebody writes it: where it stops being JSON, and laid out without changing a token, so that long
 * numbers and keys that come twice stay what they are. A variable may stand for a value. Pure.
 */

export type JsonWish = "value" | "key" | "colon" | "comma" | "end" | "sign";

export interface JsonProblem {
  line: number;
  column: number;
  /** What should stand there. */
  wish: JsonWish;
}

const TOKEN =
  /[ \t\r\n]+|"(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|\{\{\s*[\w.$-]{1,64}\s*\}\}|[{}[\],:]/y;

type State = "value" | "first" | "firstKey" | "key" | "colon" | "comma" | "end";

function wishOf(state: State): JsonWish {
  if (state === "first") return "value";
  return state === "firstKey" ? "key" : state;
}

/** Gives every token to `take`, with how deep it stands; answers where it is no JSON. */
function walk(text: string, take: (token: string, depth: number) => void): JsonProblem | null {
  const open: string[] = [];
  let state: State = "value";
  let at = 0;
  const problem = (wish: JsonWish): JsonProblem => {
    const before = text.slice(0, at);
    const start = before.lastIndexOf("\n") + 1;
    return { line: before.split("\n").length, column: at - start + 1, wish };
  };
  const after = (): State => (open.length === 0 ? "end" : "comma");
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined)
      return problem(state === "comma" || state === "end" ? wishOf(state) : "sign");
    const first = token.charAt(0);
    if (!/\s/.test(first)) {
      const closes = token === "}" || token === "]";
      const fits = open.at(-1) === (token === "}" ? "{" : "[");
      if (closes) {
        const may = state === "comma" || state === (token === "}" ? "firstKey" : "first");
        if (!may || !fits) return problem(wishOf(state));
        open.pop();
        state = after();
      } else if (state === "value" || state === "first") {
        if (token === "," || token === ":") return problem("value");
        if (token === "{" || token === "[") {
          open.push(token);
          state = token === "{" ? "firstKey" : "first";
        } else state = after();
      } else if (state === "key" || state === "firstKey") {
        if (first !== '"') return problem("key");
        state = "colon";
      } else if (state === "colon") {
        if (token !== ":") return problem("colon");
        state = "value";
      } else if (state === "comma") {
        if (token !== ",") return problem("comma");
        state = open.at(-1) === "{" ? "key" : "value";
      } else return problem("end");
      take(token, open.length);
    }
    at += token.length;
  }
  return state === "end" ? null : problem(wishOf(state));
}

/** Where it is no JSON; null where it is, or where there is nothing yet. */
export function problemIn(text: string): JsonProblem | null {
  return text.trim() === "" ? null : walk(text, () => undefined);
}

/** On several lines; null where it is no JSON. */
export function laidOut(text: string): string | null {
  const out: string[] = [];
  let before = "";
  const line = (depth: number): string => `\n${"  ".repeat(depth)}`;
  const problem = walk(text, (token, depth) => {
    const closes = token === "}" || token === "]";
    const opened = before === "{" || before === "[";
    if (closes) out.push(opened ? "" : line(depth));
    else if (opened || before === ",")
      out.push(line(token === "{" || token === "[" ? depth - 1 : depth));
    else if (before === ":") out.push(" ");
    out.push(token);
    before = token;
  });
  return problem === null && out.length > 0 ? out.join("") : null;
}
