// The files that lists are exported to say the same words as the pages.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { en } from "./en";
import { enMatch } from "./en-match";
import { enList, zhList } from "./list";
import { zh } from "./zh-CN";
import { zhMatch } from "./zh-match";

const tables = JSON.parse(readFileSync(resolve(process.cwd(), "../api/endpoint/words.json"), "utf8")) as Record<string, Record<string, [string, string]>>;

/** What no page shows in words, since it draws it in another way. */
const alone = new Set(["sheet none", "audience readers", "audience parties", "states.batch open", "expert_type user"]);

function collect(value: unknown, found: Map<string, Set<string>>): Map<string, Set<string>> {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "string") found.set(key, (found.get(key) ?? new Set()).add(inner));
    collect(inner, found);
  }
  return found;
}

it.each([
  ["zh", 0, [zh, zhMatch, zhList]],
  ["en", 1, [en, enMatch, enList]],
] as const)("exports speak as the pages do in %s", (_, at, texts) => {
  const known = new Map<string, Set<string>>();
  for (const text of texts) collect(text, known);
  const odd = Object.entries(tables).flatMap(([table, codes]) => Object.entries(codes).filter(([code, words]) => !alone.has(`${table} ${code}`) && !known.get(code)?.has(words[at])).map(([code, words]) => `${table} ${code}: ${words[at]}`));
  expect(odd).toEqual([]);
});

it("every action and state of the pages has its word in the exports", () => {
  const missing = Object.keys(zh.actions).filter((a) => !tables.action![a]);
  for (const [kind, states] of Object.entries(zh.states)) missing.push(...Object.keys(states).filter((s) => !tables[`states.${kind}`]?.[s]).map((s) => `${kind} ${s}`));
  expect(missing).toEqual([]);
});
