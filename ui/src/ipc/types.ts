/** The protocol's nouns, under one roof: features import them from here. */
export type * from "../bindings";
