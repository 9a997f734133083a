/** Events and lanes in words, for readers of the screen and for the panel below the lanes. */
import type { TimelineEvent, TimelineLane } from "../../ipc";
import { timelineWords as words } from "../../words/timeline";
import { awayText, dayOf, longText } from "./days";

/** `deepidv/main, due, 5 June 2026, in 12 days`. */
export function eventName(lane: TimelineLane, event: TimelineEvent, today: number): string {
  const day = dayOf(event.on);
  return words.event(lane.ref, words.kinds[event.kind], longText(day), awayText(day - today));
}

/** When the key is due, in half a sentence. */
export function dueText(lane: TimelineLane, today: number): string {
  if (lane.due_on === null) return words.notDue;
  const day = dayOf(lane.due_on);
  return words.dueOn(longText(day), awayText(day - today));
}

/** Since when, until when, and when both keys work or worked. */
export function laneFacts(lane: TimelineLane, today: number): string {
  const facts = [words.since(longText(dayOf(lane.from))), dueText(lane, today)];
  facts.push(lane.until === null ? words.noEnd : words.endsOn(longText(dayOf(lane.until))));
  return [facts.join(", "), overlapText(lane)].filter((part) => part !== null).join(". ");
}

export function overlapText(lane: TimelineLane): string | null {
  if (lane.overlap_from === null) return null;
  const from = longText(dayOf(lane.overlap_from));
  if (lane.overlap_until === null) return words.overlapSince(from);
  return words.overlapped(from, longText(dayOf(lane.overlap_until)));
}
