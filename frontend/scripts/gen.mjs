// Writes src/client/schema.d.ts from the server's description, or from the assumed one
// while the server has none.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const real = new URL("../../api/openapi.json", import.meta.url);
const spec = existsSync(real)
  ? JSON.parse(readFileSync(real, "utf8"))
  : (await import("../src/testing/assumed.mjs")).default;
const head = "// Generated from the API description by `npm run gen`. Do not edit.\n\n";
writeFileSync(new URL("../src/client/schema.d.ts", import.meta.url), head + astToString(await openapiTS(spec)));
console.log(existsSync(real) ? "schema.d.ts from api/openapi.json" : "schema.d.ts from the assumed description");
