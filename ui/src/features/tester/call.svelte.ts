/** What the shell is told of a request; files and the yes to it are added by whoever sends. */
import type { TesterRequest } from "./contract";
import type { Draft } from "./draft.svelte";
import type { Place } from "./keeping";

interface Composed extends Pick<TesterRequest, "turn" | "reference" | "keep"> {
  draft: Draft;
  place: Place;
}

export function callOf({ draft, place, ...rest }: Composed): TesterRequest {
  return {
    ...rest,
    ...place,
    // A sample is sent as it is written out: the agent knows it again by its method and path.
    sample: null,
    request: draft.request(),
    variables: { ...draft.values },
    files: [],
    checks: $state.snapshot(draft.checks),
    saved: draft.saved,
    confirmed: false,
    no_wait: false,
  };
}
