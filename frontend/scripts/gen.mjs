// Writes src/client/schema.d.ts from the description of the server, and the words of its exports from
// the texts of the pages.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { runnerImport } from "vite";

const spec = JSON.parse(readFileSync(new URL("../../api/openapi.json", import.meta.url), "utf8"));
const head = "// Generated from the API description by `npm run gen`. Do not edit.\n\n";
writeFileSync(new URL("../src/client/schema.d.ts", import.meta.url), head + astToString(await openapiTS(spec)));
console.log("schema.d.ts from api/openapi.json");

// The words of actions, kinds and states stand in the pages' texts; the exports say the same.
const { module: texts } = await runnerImport(fileURLToPath(new URL("exportTexts.ts", import.meta.url)), { root: fileURLToPath(new URL("..", import.meta.url)), configFile: false, logLevel: "error" });
const file = new URL("../../api/endpoint/words.json", import.meta.url);
const words = { ...JSON.parse(readFileSync(file, "utf8")), ...texts.shared() };
const sorted = (table) => Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
const line = ([code, [zh, en]]) => `    ${JSON.stringify(code)}: [${JSON.stringify(zh)}, ${JSON.stringify(en)}]`;
writeFileSync(file, `{\n${sorted(words).map(([name, table]) => `  ${JSON.stringify(name)}: {\n${sorted(table).map(line).join(",\n")}\n  }`).join(",\n")}\n}\n`);
console.log("api/endpoint/words.json from the texts");
