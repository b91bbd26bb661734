import type { Sum } from "../../client/views";

export interface Phrase {
  text: string;
  value: number;
}

const han = /^\p{Script=Han}{2}$/u;
const same = (a: number, b: number) => Math.abs(a - b) < 1e-9;

/**
 * The words of a text's likeness as a reader would write them. Chinese is read in pairs of
 * characters, so that 工业软件 comes as 工业, 业软, 软件. Pairs that overlap and weigh exactly
 * the same always stood together: they are joined, and their values added.
 */
export function phrases(words: Sum[]): Phrase[] {
  const left = words.map((w) => ({ text: String(w.args?.id ?? ""), value: w.value, each: w.value, joins: han.test(String(w.args?.id ?? "")) }));
  for (let again = true; again; ) {
    again = false;
    for (const a of left) {
      const next = left.filter((b) => b !== a && a.joins && b.joins && same(a.each, b.each) && a.text.at(-1) === b.text[0]);
      const before = left.filter((x) => x !== next[0] && x.joins && next[0] && same(x.each, next[0].each) && x.text.at(-1) === next[0].text[0]);
      if (next.length !== 1 || before.length !== 1) continue; // where it could go on in two ways it is left as it is
      a.text += next[0]!.text.slice(1);
      a.value += next[0]!.value;
      left.splice(left.indexOf(next[0]!), 1);
      again = true;
      break;
    }
  }
  return left.map(({ text, value }) => ({ text, value })).sort((x, y) => y.value - x.value);
}
