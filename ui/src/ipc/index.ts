/**
 * The only door to the desktop shell: nothing outside this folder imports `@tauri-apps/*`.
 *
 * Each function is one command of `src-tauri/src/commands/`, under the same name.
 */
import { invoke } from "@tauri-apps/api/core";

export interface AppVersion {
  version: string;
}

export function appVersion(): Promise<AppVersion> {
  return invoke<AppVersion>("app_version");
}
