import { fill, label } from "./say";
import type { Text } from "./zh-CN";

interface Part {
  name: string;
  value: number;
  args?: Record<string, unknown>;
}

/** The name of a tag, chain or criterion by its code. */
export type NameOf = (code: string) => string;

const shown = (v: unknown): string => (typeof v === "number" ? String(Math.round(v * 100) / 100) : typeof v === "boolean" ? (v ? "✓" : "✗") : String(v));

/** Arguments that are codes, to be read as names. */
const coded = ["tag", "by", "asked", "criterion"];

/** The words for a part of a sum: its name, and what else its arguments say. */
export function partWords(t: Text, nameOf: NameOf = (code) => code): (part: Part) => { name: string; note?: string } {
  return (part) => {
    const raw = part.args ?? {};
    const args: Record<string, unknown> = { ...raw };
    for (const key of coded) if (typeof raw[key] === "string") args[key] = label(t.parts, nameOf(raw[key]));
    const pattern = t.parts[part.name] ?? part.name;
    const name = fill(pattern, args);
    const note = t.partNotes[part.name];
    if (note) return { name, note: note({ ...args, kind: label(t.enums.evidence, String(raw.kind ?? "")) }) || undefined };
    const used = new Set([...pattern.matchAll(/\{(\w+)\}/g)].map((m) => m[1]));
    const rest = Object.entries(args).filter(([key, v]) => !used.has(key) && key !== "version" && v !== "" && v !== null && typeof v !== "object");
    return { name, note: rest.map(([key, v]) => `${t.partArgs[key] ?? key} ${shown(v)}`).join(" · ") || undefined };
  };
}
