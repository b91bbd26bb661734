// What the server can say, held against what the pages have words for.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { spec } from "../testing/spec";
import { en } from "./en";
import { codeText } from "./problem";
import { zh as plain } from "./zh-CN";
import { enMatch } from "./en-match";
import { enList, zhList } from "./list";
import { zhMatch } from "./zh-match";
import { zhProblems } from "./zh-problems";

const zh = { ...plain, problems: { ...plain.problems, ...zhProblems } };
const matching = new Map<object, object>([
  [zh, { zhMatch, zhList }],
  [en, { enMatch, enList }],
]);

const root = resolve(process.cwd(), "..");

/** Every table of words in a text, flattened to its keys. */
function words(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "string") found.add(key);
      words(inner, found);
    }
  }
  return found;
}

/** The enums of the description by the names of their fields. */
function enums(value: unknown, name = "", found = new Map<string, Set<string>>()): Map<string, Set<string>> {
  if (typeof value !== "object" || value === null) return found;
  const v = value as Record<string, unknown>;
  if (Array.isArray(v.enum)) found.set(name, new Set([...(found.get(name) ?? []), ...v.enum.map(String)]));
  for (const [key, inner] of Object.entries(v)) {
    if (key === "properties") for (const [field, schema] of Object.entries(inner as object)) enums(schema, field, found);
    else enums(inner, key === "items" ? name : key, found);
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile() && f.name.endsWith(".go") && !f.name.endsWith("_test.go") && !/test$/.test(f.parentPath))
    .map((f) => readFileSync(join(f.parentPath, f.name), "utf8"));
}

describe.each([["zh", zh], ["en", en]] as const)("in %s", (_, text) => {
  it("every state of every thing has a word", () => {
    const missing: string[] = [];
    let kind = "";
    let states = false;
    for (const line of readFileSync(join(root, "models/testdata/rules.golden.md"), "utf8").split("\n")) {
      const section = /^## (\w+)/.exec(line)?.[1];
      if (section) [kind, states] = [section, false];
      const first = /^\| *([a-z_]+) *\|/.exec(line)?.[1];
      if (first === "state" || first === "action") states = first === "state";
      else if (first && states && first !== "none" && !text.states[kind]?.[first]) missing.push(`${kind} ${first}`);
    }
    expect([...new Set(missing)]).toEqual([]);
  });

  it("every choice of the description has a word", () => {
    const unseen = new Set(["locale", "format", "as", "sort", "audience"]); // never shown as such
    const known = words(matching.get(text), words(text));
    const missing = [...enums(spec.components.schemas)].filter(([name]) => !unseen.has(name)).flatMap(([name, values]) => [...values].filter((v) => !known.has(v)).map((v) => `${name} ${v}`));
    expect(missing).toEqual([]);
  });
});

it("every problem of the server has Chinese words; in English its own sentence is shown", () => {
  const kinds = new Set(Object.keys(zh.problems).map((code) => code.split(".")[0]));
  const paths = new Set(["panel.experts_per_bid", "panel.per_unit", "panel.size", "panel.technology_share"]);
  const found = new Set<string>();
  const jobs = /endpoint\.Work\(.*/g; // named for the log alone
  for (const source of ["api", "models", "internal"].flatMap(sources)) for (const [, code] of source.replace(jobs, "").matchAll(/"([a-z]+\.[a-z_]+)"/g)) found.add(code!);
  const missing = [...found].filter((code) => kinds.has(code.split(".")[0]!) && !(code in zh.actions) && !(code in zh.problems) && !paths.has(code));
  expect(missing.sort()).toEqual([]);
});

it("the words take the server's numbers with them, or give way to its sentence", () => {
  expect(codeText(zh, "challenge.indicator_weights", "weights must sum to 100, they sum to 85")).toBe("权重合计须为 100，现为 85。");
  expect(codeText(zh, "challenge.indicator_weights", "weights are odd")).toBe("weights are odd");
  expect(codeText(en, "challenge.indicator_weights", "weights must sum to 100, they sum to 85")).toBeUndefined();
});

it.each([["zh", zh], ["en", en]] as const)("every field that a form sends has a name in %s", (_, text) => {
  const named = new Set<string>();
  const walk = (name: string) => {
    for (const [field, schema] of Object.entries(spec.components.schemas[name]?.properties ?? {})) {
      if (field !== "$schema") named.add(field);
      const inner = schema.$ref ?? schema.items?.$ref;
      if (inner) walk(inner.split("/").pop()!);
    }
  };
  for (const body of ["ChallengeBody", "BidContent"]) walk(body);
  expect([...named].filter((field) => !(field in text.fields))).toEqual([]);
});
