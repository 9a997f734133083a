/** A list of addresses as the agent tells of it, with the warnings and the message that follow. */
import type { AllowListView, ListTestView } from "../types";

export function emptyList(): AllowListView {
  const test = (expected: string): ListTestView => ({ expected, result: null });
  return {
    addresses: [],
    this_machine: "unknown",
    tests: {
      listed: test("A call from a listed server is accepted."),
      unlisted: test("A call from an address that is not listed is rejected with 403."),
    },
    advice:
      "Optional, and strongly recommended for production. Requests from other addresses are rejected with 403.",
    warnings: [],
    message: null,
  };
}

/** As it is kept for a service in production. */
export function keptList(): AllowListView {
  const empty = emptyList();
  const result = { outcome: "ok" as const, on: "2026-08-20" };
  return told({
    ...empty,
    this_machine: "no",
    addresses: [
      {
        address: "203.0.113.7",
        label: "Production NAT gateway",
        kind: "nat",
        registered_on: "2026-03-02",
      },
      {
        address: "198.51.100.0/28",
        label: "Batch servers, Frankfurt",
        kind: "static",
        registered_on: "2026-08-19",
      },
      { address: "192.0.2.44", label: null, kind: "dynamic", registered_on: "2026-11-20" },
    ],
    tests: { ...empty.tests, listed: { ...empty.tests.listed, result } },
  });
}

/** The list with what follows from its addresses. */
export function told(list: AllowListView): AllowListView {
  const lines = list.addresses.map(({ address, label }) =>
    label === null ? address : `${address} (${label})`,
  );
  const dynamic = list.addresses.filter(({ kind }) => kind === "dynamic");
  const warnings = dynamic.map(
    ({ address }) =>
      `${address}: Do not list dynamic addresses: when yours changes, calls are blocked until the new one is added. Use a NAT gateway or an elastic IP.`,
  );
  const text = [
    "Hello,",
    "please enable IP whitelisting for our account with these addresses:",
    lines.join("\n"),
    "Thank you",
  ].join("\n\n");
  const subject = "IP whitelisting for our account";
  const message = lines.length === 0 ? null : { to: "support@deepvue.tech", subject, text };
  return { ...list, warnings, message };
}
