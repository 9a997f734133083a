// Proves that the type check sees mistakes: the planted ones in test/canary must be found, since
// svelte-check has been seen to pass silently where it could not look.
import { spawnSync } from "node:child_process";

const args = [
    "--no-install",
    "svelte-check",
    "--tsconfig",
    "test/canary/tsconfig.json",
    "--output",
    "machine",
];
const run = spawnSync("npx", args, { encoding: "utf8" });
const missed = ["Broken.svelte", "broken.ts"].filter(
    (file) => !run.stdout.split("\n").some((line) => line.includes("ERROR") && line.includes(file)),
);
if (run.status === 0 || missed.length > 0) {
    console.error(
        `The type check missed the planted mistakes in ${missed.join(", ") || "all files"}.`,
    );
    console.error(run.stdout, run.stderr);
    process.exit(1);
}
console.log("The type check finds the planted mistakes.");
