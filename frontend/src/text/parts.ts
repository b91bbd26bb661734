import { fill } from "./say";
import type { Text } from "./zh-CN";

interface Part {
  name: string;
  value: number;
  args?: Record<string, unknown>;
}

const shown = (v: unknown): string => (typeof v === "number" ? String(Math.round(v * 100) / 100) : typeof v === "boolean" ? (v ? "✓" : "✗") : String(v));

/** The words for a part of a sum: its name, and what else its arguments say. */
export function partWords(t: Text): (part: Part) => { name: string; note?: string } {
  return (part) => {
    const args = part.args ?? {};
    const pattern = t.parts[part.name] ?? part.name;
    const used = new Set([...pattern.matchAll(/\{(\w+)\}/g)].map((m) => m[1]));
    const rest = Object.entries(args).filter(([key, v]) => !used.has(key) && v !== "" && v !== null && typeof v !== "object");
    return { name: fill(pattern, args), note: rest.map(([key, v]) => `${t.partArgs[key] ?? key} ${shown(v)}`).join(" · ") || undefined };
  };
}
