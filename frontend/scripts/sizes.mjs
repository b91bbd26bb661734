// Prints the gzip size of what a browser loads first, per page, and fails over budget.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const gz = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

function load(key, seen) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) load(next, seen);
}

let over = false;
const publicPages = /(ChallengeList|ChallengeDetail|Formula|SignIn)Page/;
for (const key of Object.keys(manifest).filter((k) => /src\/app\/pages\/.*Page\.tsx$/.test(k)).sort()) {
  const files = new Set();
  load("index.html", files);
  load(key, files);
  const sum = (ext) => [...files].filter((f) => f.endsWith(ext)).reduce((n, f) => n + gz(f), 0);
  const budget = publicPages.test(key) ? 150_000 : 380_000;
  const js = sum(".js");
  over ||= js > budget;
  console.log(`${(js / 1000).toFixed(1).padStart(7)} KB js ${(sum(".css") / 1000).toFixed(1).padStart(6)} KB css  of ${budget / 1000}  ${key.split("/").pop()}`);
}
if (!existsSync(new URL("index.html", dist)) || over) process.exit(1);
