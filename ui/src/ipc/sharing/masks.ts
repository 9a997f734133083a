/**
 * What stands in the place of a word that is hidden while somebody else looks: `credential-3`. The same
 * word always has the same mask, so that two rows can be told apart, and one is found again. Lives as
 * long as the page, and goes with it.
 */

export type Kind = "credential" | "owner" | "note" | "value" | "host" | "service" | "ticket";

const MASK = /\b(credential|owner|note|value|host|service|ticket)-(\d+)\b/g;
/** A name in a text: with its provider, a path, or an address. */
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}_.@:+/-]*/gu;
/** The folder of a user's own. */
const HOME = /\/(?:home|Users)\/[^/\s]+/g;
/** Shorter words are other words' as well: hidden where they stand for a name, and not in sentences. */
const SHORTEST = 4;

/** What stands for last characters: they say nothing, and take the same room. */
export const TAIL = "••••";

export class Masks {
  private readonly real = new Map<Kind, string[]>();
  private readonly masks = new Map<Kind, Map<string, string>>();
  /** Words that are hidden in sentences, too. */
  private readonly words = new Map<string, string>();
  private readonly phrases = new Map<string, string>();
  private phrase: RegExp | null = null;

  /** The mask of a word. */
  of(kind: Kind, word: string, inSentences = true): string {
    const known = this.masks.get(kind) ?? new Map<string, string>();
    this.masks.set(kind, known);
    const given = known.get(word);
    if (given !== undefined) return given;
    const all = this.real.get(kind) ?? [];
    this.real.set(kind, all);
    all.push(word);
    const mask = `${kind}-${all.length}`;
    known.set(word, mask);
    if (inSentences && word.length >= (kind === "owner" ? SHORTEST - 2 : SHORTEST))
      this.hide(word, mask);
    return mask;
  }

  /** A credential by its provider and name; each has a number of its own. */
  ofName(provider: string, name: string): string {
    const mask = this.of("credential", `${provider}/${name}`, false);
    if (name.length > SHORTEST) this.hide(name, mask);
    return mask;
  }

  /** A reference, or one of its parts: `deepvue/main/client_secret`. */
  ofReference(text: string): string {
    const [provider = "", name, ...rest] = text.split("/");
    if (name === undefined || name === "") return text;
    return [provider, this.ofName(provider, name), ...rest].join("/");
  }

  /** Last characters are hidden in sentences as well. */
  hideTail(tail: string): void {
    if (tail.length >= SHORTEST) this.words.set(tail, TAIL);
  }

  private hide(word: string, mask: string): void {
    if (/^[\p{L}\p{N}_.@:+-]+$/u.test(word)) this.words.set(word, mask);
    else {
      this.phrases.set(word, mask);
      this.phrase = null;
    }
  }

  /**
   * The text without any word that is hidden. In one that goes back to the agent, each mask says what it
   * stands for.
   */
  inSentence(text: string, goesBack = false): string {
    const without = text.replace(HOME, (home) => (goesBack ? this.of("value", home, false) : "~"));
    const phrases =
      this.phrases.size === 0 ? without : without.replace(this.anyPhrase(), this.swap);
    return phrases.replace(TOKEN, (token) => this.inToken(token, goesBack));
  }

  /** The words that masks stand for, in what goes to the agent. */
  reveal(text: string): string {
    return text.replace(MASK, (mask, kind: Kind, number: string) => {
      const word = this.real.get(kind)?.[Number(number) - 1];
      if (word === undefined) return mask;
      return kind === "credential" ? word.slice(word.indexOf("/") + 1) : word;
    });
  }

  private readonly swap = (phrase: string): string => this.phrases.get(phrase) ?? phrase;

  private anyPhrase(): RegExp {
    const longestFirst = [...this.phrases.keys()].sort((a, b) => b.length - a.length);
    const escaped = longestFirst.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
    return (this.phrase ??= new RegExp(escaped.join("|"), "gu"));
  }

  private inToken(token: string, goesBack: boolean): string {
    const masked = (part: string): string | undefined => {
      const mask = this.words.get(part);
      return goesBack && mask === TAIL ? this.of("value", part, false) : mask;
    };
    const end = /[.:,/-]+$/.exec(token)?.[0] ?? "";
    const word = token.slice(0, token.length - end.length);
    const [provider = "", name] = word.split("/");
    const isReference =
      name !== undefined && this.masks.get("credential")?.has(`${provider}/${name}`) === true;
    if (isReference) return this.ofReference(word) + end;
    const whole = masked(word);
    if (whole !== undefined) return whole + end;
    const parts = word.split(/([/@:+]|\.(?=\s|$))/);
    return parts.map((part) => masked(part) ?? part).join("") + end;
  }
}
