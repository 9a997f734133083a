/** The actions of the open vault that have a key, and the key that each comes with. */
import { keys as words } from "../../words/keys";

/**
 * Where they act: in the window, on the selected credential, or on the timeline's lanes. What ends in
 * `_too` is the same action by a second key.
 */
const COMES_WITH = {
  window: {
    search: "/",
    search_too: "Ctrl+F",
    next_pane: "F6",
    previous_pane: "Shift+F6",
    sidebar: "Ctrl+B",
    palette: "Ctrl+K",
    add: "Ctrl+N",
    add_too: "N",
    timeline: "G T",
    requests: "G R",
    health: "G H",
    inbox: "G I",
    activity: "G A",
    trash: "G X",
    vault: "G V",
    settings: "Ctrl+,",
    settings_too: "G S",
    sharing: "Ctrl+Shift+M",
    lock: "Ctrl+L",
    keys: "?",
  },
  credential: {
    copy: "C",
    copy_too: "Ctrl+C",
    header: "Ctrl+Shift+C",
    field: "Ctrl+1",
    reveal: "R",
    tester: "T",
    sample: "Shift+T",
    rotate: "Ctrl+R",
    edit: "Ctrl+E",
    explain: "E",
  },
  lanes: { today: "T", zoom_in: "+", zoom_out: "-", snooze: "S" },
} as const;

type Scopes = typeof COMES_WITH;
export type Scope = keyof Scopes;
export type ActionOf<In extends Scope> = keyof Scopes[In] & string;
export type Action = { [In in Scope]: ActionOf<In> }[Scope];
/** An action, whichever of its keys is meant. */
export type Deed = Exclude<Action, `${string}_too`>;
export type KeyMap = Readonly<Record<Action, string>>;

export const DEFAULTS: KeyMap = {
  ...COMES_WITH.window,
  ...COMES_WITH.credential,
  ...COMES_WITH.lanes,
};

const SCOPES = Object.keys(COMES_WITH) as Scope[];
export const ACTIONS = Object.keys(DEFAULTS) as Action[];

export function actionsOf<In extends Scope>(scope: In): ActionOf<In>[] {
  return Object.keys(COMES_WITH[scope]) as ActionOf<In>[];
}

export function scopeOf(action: Action): Scope {
  return SCOPES.find((scope) => action in COMES_WITH[scope]) ?? "window";
}

/** What it does, whichever of its keys is meant. */
export function deedOf(action: Action): Deed {
  return action.replace(/_too$/, "") as Deed;
}

/** What an action does, in words; which of its keys it is, where there are two. */
export function nameOf(action: Action): string {
  const does = words.does[deedOf(action)];
  return action.endsWith("_too") ? words.second(does) : does;
}
