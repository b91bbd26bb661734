import { en } from "../src/text/en";
import { zh } from "../src/text/zh-CN";
import { zhRows } from "../src/text/zh-rest";

type Words = Record<string, string>;

const pairs = (a: Words, b: Words) => Object.fromEntries(Object.keys(a).map((code) => [code, [a[code], b[code] ?? a[code]]]));

/** The tables that pages and exports have in common, in both languages. */
export function shared() {
  const states: Record<string, Words> = { ...zh.states, ...zhRows.states };
  return {
    action: pairs({ ...zh.actions, ...zhRows.actions }, en.actions),
    kind: pairs(zh.kinds, en.kinds),
    ...Object.fromEntries(Object.entries(states).map(([kind, table]) => [`states.${kind}`, pairs(table, en.states[kind] ?? {})])),
  };
}
