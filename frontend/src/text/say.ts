import type { Text } from "./zh-CN";
import type { Language } from "./text";

/** A label from a table; a word that is missing there shows as itself, never as nothing. */
export const label = (table: Record<string, string> | undefined, key: string | undefined): string => (key === undefined ? "" : (table?.[key] ?? key));

export const stateLabel = (t: Text, kind: string, state: string): string => label(t.states[kind], state);

/** The name of a thing that carries both languages. */
export function named(x: { name?: string; name_zh?: string; name_en?: string }, language: Language): string {
  const own = x.name_zh || x.name || "";
  return language === "en" ? x.name_en || own : own;
}

/** A reason as the server keeps it: what a formal check found is written `line: words; line: words`. */
export const reasonText = (t: Text, reason: string): string => reason.replace(/(^|; )([a-z_]+): ?/g, (all, before: string, line: string) => (t.check.lines[line] ? `${before}${t.check.lines[line]}：` : all));

/** Put arguments into {places}. */
export const fill = (pattern: string, args: Record<string, unknown> = {}): string => pattern.replace(/\{(\w+)\}/g, (_, key: string) => String(args[key] ?? "…"));

type Tone = "plain" | "ink" | "seal" | "good" | "warn" | "bad";
const tones: Record<string, Tone> = {
  published: "seal", submitted: "ink", approved: "ink", returned: "warn", bidding_closed: "plain", evaluating: "ink", shortlisted: "ink", publicity: "warn",
  awarded: "good", accepted: "good", verified: "good", recognised: "good", formal_passed: "good", endorsed: "good", scored: "good", reserve: "ink", executing: "good",
  refining: "warn", in_argument: "ink", turned: "good",
  in_force: "bad", appealed: "warn", suspended: "bad", dissolved: "plain", declared: "warn", confirmed: "good", refused: "bad",
  no_bid: "bad", failed: "bad", formal_rejected: "bad", rejected: "bad", institution_pending: "warn", invited: "warn", pending: "warn", in_review: "ink", opened: "ink",
};
export const toneOf = (state: string): Tone => tones[state] ?? "plain";
