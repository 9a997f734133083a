/** Who uses the demo's keys, and what the finder knows of earlier ones. */
import type { ConsumersView, FoundCredential } from "../types";
import { DAY, day, HOUR, iso } from "./times";

/** The consumers of the demo's credentials; null where nobody is known. */
export function demoConsumers(reference: string, now: number): ConsumersView | null {
  const written = (id: number, name: string) => ({
    id,
    name,
    added_on: day(now - 90 * DAY),
    version: 1,
    has_wanted: true,
  });
  const seen = (program: string, action: string, hours: number, uses: number) => ({
    program,
    action,
    version: 1,
    last_used_at: iso(now - hours * HOUR),
    uses,
  });
  const view = { ref: reference, version: 1, wanted_version: 1, behind: [] };
  if (reference === "deepcurrent/reports")
    return {
      ...view,
      written_down: [written(1, "GitHub Actions of repo billing"), written(2, "server report-2")],
      seen: [seen("make", "token", 3, 214)],
    };
  if (reference === "deepidv/main")
    return {
      ...view,
      written_down: [written(1, "Sign-up service")],
      seen: [seen("zsh", "copy", 26, 3)],
    };
  return null;
}

/** A key that was replaced and retired, as the finder tells of it. */
export function demoFound(now: number): FoundCredential[] {
  return [
    {
      ref: "deepcurrent/reports",
      provider_name: "DeepCurrent",
      owner: "Data platform",
      hosts: ["api.deepcurrent.example"],
      key: {
        field: "api_key",
        last_four: "7x9z",
        version: 2,
        standing: "retired",
        stored_at: iso(now - 400 * DAY),
        retired_at: iso(now - 19 * DAY),
      },
      users: ["make", "GitHub Actions of repo billing"],
      line: "deepcurrent/reports, API key ending 7x9z: version 2, retired, owner Data platform, was used by make, GitHub Actions of repo billing",
    },
  ];
}
