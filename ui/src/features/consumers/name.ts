/** What a consumer may be called; the agent checks it again. Pure. */
import type { ConsumersView } from "../../ipc";
import { lengthOf } from "../../lib/scalar";
import { words } from "../../words/en";

export function nameProblem(name: string, consumers: ConsumersView): string | null {
  if (name === "") return words.consumers.addEmpty;
  if (lengthOf(name) > 200) return words.consumers.addLong;
  const same = consumers.written_down.find(
    (one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase(),
  );
  return same === undefined ? null : words.consumers.addTwice(same.name);
}
