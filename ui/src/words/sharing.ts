/** The words of share-safe mode. */

export const sharing = {
  banner: "Share-safe: names, hosts, owners, notes and last characters are hidden.",
  show: "Show them",
  hide: "Hide names while sharing the screen",
  reveal: "Show names again",
  trayStays: "The window hides names; the tray may still show them",
} as const;
