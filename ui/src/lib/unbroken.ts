/** Lengths of time in a sentence, such as `11 m 59 s`, held together where the line ends. Pure. */

/** A number, a space and a unit of one letter; several of them follow each other. */
const LENGTH = /\d+ [dhms](?: \d+ [dhms])*(?!\p{L})/gu;

export function unbroken(text: string): string {
  return text.replace(LENGTH, (length) => length.replaceAll(" ", "\u00a0"));
}
