/** Opens the whole window on a recorded backend. */
import { render, screen } from "@testing-library/svelte";
import { userEvent, type UserEvent } from "@testing-library/user-event";
import App from "../../src/App.svelte";
// The window fetches it while nobody waits: here before a test, so that none ends in the middle of that.
import "../../src/features/palette/PaletteDialog.svelte";
import { replaceBackend } from "../../src/ipc";
import { RecordedBackend, type Setting } from "../../src/ipc/recorded";

export interface Opened {
  backend: RecordedBackend;
  user: UserEvent;
}

export function openWindow(
  setting: Setting = {},
  prepare?: (backend: RecordedBackend) => void,
): Opened {
  const backend = new RecordedBackend(setting);
  prepare?.(backend);
  replaceBackend(backend);
  render(App);
  return { backend, user: userEvent.setup() };
}

/** The letters that come after `g`. */
const LETTERS = { Activity: "a", Health: "h", Inbox: "i", Timeline: "t", Trash: "x" } as const;

/** Opens it and one of the screens beside the credentials, by keys as a user would. */
export async function openScreen(
  name: keyof typeof LETTERS,
  ...given: Parameters<typeof openWindow>
): Promise<Opened> {
  const opened = openWindow(...given);
  (await screen.findByRole("listbox")).focus();
  await opened.user.keyboard(`g${LETTERS[name]}`);
  await screen.findByRole("heading", { name, level: 1 });
  return opened;
}

/** Opens it on the demo vault and selects a credential from the search field, as a user would. */
export async function openAt(
  search: string,
  prepare?: (backend: RecordedBackend) => void,
): Promise<Opened> {
  const opened = openWindow({}, prepare);
  await screen.findByRole("listbox");
  await opened.user.type(screen.getByLabelText("Search credentials"), `${search}{ArrowDown}`);
  await screen.findByRole("article", { busy: false });
  return opened;
}
