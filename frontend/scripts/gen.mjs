// Writes src/client/schema.d.ts from the server's description.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const spec = JSON.parse(readFileSync(new URL("../../api/openapi.json", import.meta.url), "utf8"));
const head = "// Generated from the API description by `npm run gen`. Do not edit.\n\n";
writeFileSync(new URL("../src/client/schema.d.ts", import.meta.url), head + astToString(await openapiTS(spec)));
console.log("schema.d.ts from api/openapi.json");
