// Prints what the main window loads at first, and fails above the limit.
import { readdirSync, readFileSync } from "node:fs";
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
// The windows' pages, and nothing of what is for development and tests.
const foreign = readdirSync("dist", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(html|js)$/.test(entry.name))
    .filter(
        ({ name, parentPath }) =>
            (name.endsWith(".html") && !/^(index|reveal|consent)\.html$/.test(name)) ||
            /correct horse battery staple|⟦/.test(readFileSync(`${parentPath}/${name}`, "utf8")),
    )
    .map(({ name }) => name);
if (foreign.length > 0) console.error(`Not for the app: ${foreign.join(", ")}`);
if (foreign.length > 0 || script > LIMIT_KB || script === 0) process.exit(1);
