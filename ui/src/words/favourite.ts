/** Words about credentials that are kept at hand. */
export const favourite = {
  label: "Favourite",
  add: "Keep at hand in the tray",
  remove: "No longer keep at hand",
  filter: "Favourites",
  none: "No favourites yet: the star of a credential keeps it at hand.",
};
