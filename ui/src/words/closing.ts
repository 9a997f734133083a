/** Words about the end of the window, and of everything. */
export const closing = {
  title: "Keyturn goes on without its window",
  stays:
    "The agent keeps running, so that reminders come, commands in your terminal work and copies are cleared in time. The vault locks by itself when nobody uses it.",
  back: "Open the window again from the tray, with the shortcut, or by starting Keyturn. Some desktops, GNOME among them, show no tray: there it is the shortcut or the start.",
  quits: "Quit Keyturn ends all of it: no reminders come, and the vault locks.",
  known: "Don't show this again",
  close: "Close the window",
  quit: "Quit Keyturn",
};
