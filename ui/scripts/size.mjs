// Prints what the main window loads at first, and fails above the limit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 130;
const page = readFileSync("dist/index.html", "utf8");
const size = (kind) =>
    [...page.matchAll(/(?:src|href)="\/?([^"]+)"/g)]
        .map(([, path]) => path)
        .filter((path) => path.endsWith(kind))
        .reduce((sum, path) => sum + gzipSync(readFileSync(`dist/${path}`)).length / 1000, 0);
const script = size(".js");
console.log(
    `Initial JS ${script.toFixed(1)} kB gzip (limit ${LIMIT_KB}), CSS ${size(".css").toFixed(1)} kB`,
);
if (
    readFileSync("dist/index.html", "utf8").includes("recorded") ||
    script > LIMIT_KB ||
    script === 0
)
    process.exit(1);
