/** What comes into the composer, and what changes when it is sent again. */
import type { EnvironmentName } from "../../ipc";
import type { SavedView } from "./contract";

/** What one action of an answer changes before it sends again. */
export interface SendChanges {
  environment?: EnvironmentName;
  recipe?: string;
  confirmed?: boolean;
}

/** Where a request comes from that is put into the composer. */
export type LoadedFrom =
  | { saved: SavedView }
  /** `fill`: what was left out of it when it was kept, each in words, for the user to write again. */
  | {
      exchange: string;
      environment: EnvironmentName | null;
      recipe: string | null;
      fill: string[];
    };

/** What is to know of the request that was put into the composer. */
export interface LoadNote {
  title: string;
  lines: string[];
}
