/** All keys of the window, as the sheet shows them. */

export const keys = {
  title: "Keyboard shortcuts",
  inList: "Single letters work while the list or the lanes have the focus.",
  groups: [
    {
      title: "Anywhere",
      keys: [
        { press: ["/"], does: "Search" },
        { press: ["F6"], does: "Next pane" },
        { press: ["Ctrl", "K"], does: "Find anything" },
        { press: ["Ctrl", "N"], does: "Add a credential" },
        { press: ["G", "T"], does: "Timeline" },
        { press: ["G", "H"], does: "Health" },
        { press: ["G", "I"], does: "Inbox" },
        { press: ["G", "A"], does: "Activity" },
        { press: ["G", "X"], does: "Trash" },
        { press: ["G", "V"], does: "Back to the credentials" },
        { press: ["Ctrl", ","], does: "Settings" },
        { press: ["Ctrl", "Shift", "M"], does: "Hide names, or show them" },
        { press: ["Ctrl", "L"], does: "Lock" },
        { press: ["Ctrl", "W"], does: "Close the window" },
        { press: ["Ctrl", "Q"], does: "Quit Keyturn" },
        { press: ["?"], does: "This sheet" },
        { press: ["Esc"], does: "Close, or clear the search" },
      ],
    },
    {
      title: "Selected credential",
      keys: [
        { press: ["C"], does: "Copy the token or key" },
        { press: ["Ctrl", "C"], does: "The same, where no text is selected" },
        { press: ["Ctrl", "Shift", "C"], does: "Copy as header" },
        { press: ["Ctrl", "1…9"], does: "Copy the nth field" },
        { press: ["Enter"], does: "Open; once more copies" },
        { press: ["R"], does: "Show the secret for 15 s" },
        { press: ["T"], does: "Send the sample request" },
        { press: ["Ctrl", "R"], does: "Replace the key" },
        { press: ["Ctrl", "E"], does: "Edit" },
        { press: ["E"], does: "Explain an answer" },
        { press: ["N"], does: "Add a credential" },
      ],
    },
    {
      title: "List",
      keys: [
        { press: ["↑", "↓"], does: "Move" },
        { press: ["Home"], does: "First" },
        { press: ["End"], does: "Last" },
      ],
    },
    {
      title: "Timeline",
      keys: [
        { press: ["←", "→"], does: "Along a lane" },
        { press: ["↑", "↓"], does: "Between lanes" },
        { press: ["Home", "End"], does: "First and last on a lane" },
        { press: ["T"], does: "Today" },
        { press: ["+", "−"], does: "Zoom" },
        { press: ["Enter"], does: "Open the credential" },
        { press: ["S"], does: "Snooze until a date" },
      ],
    },
  ],
} as const;
