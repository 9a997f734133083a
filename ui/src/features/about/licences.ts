/** The licences of what ships, as the build gathers them (`scripts/licences.ts`). */

/** A package that is part of what the user has. */
export interface LicensedPackage {
  name: string;
  version: string;
  /** As its authors name it, mostly an SPDX expression. */
  licence: string;
  from: "crates.io" | "npm";
  /** Which of the texts are its. */
  texts: number[];
}

export interface Licences {
  /** Which of the texts are Keyturn's own. */
  own: number[];
  packages: LicensedPackage[];
  texts: string[];
}

/** Loads them; they are long. */
export async function loadLicences(): Promise<Licences> {
  return (await import("virtual:licences")).default;
}
