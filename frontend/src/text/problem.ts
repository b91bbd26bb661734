import { label } from "./say";
import type { Text } from "./zh-CN";

interface Told {
  code: string;
  status: number;
  message: string;
  fields: { path: string; code: string; message: string }[];
  incident?: string;
}

const byStatus: Record<number, string> = { 0: "page.broken", 401: "request.sign_in", 403: "request.denied", 404: "request.not_found", 409: "request.conflict", 412: "request.stale", 413: "request.too_large", 422: "request.invalid", 429: "request.too_many" };

/** A sentence for a problem: by its code, else the server's own, else by its status. */
export function problemText(t: Text, p: Told): string {
  const known = t.problems[p.code];
  if (known) return known;
  if (p.status >= 500) return t.problems["server.broken"]!;
  return p.status >= 400 && p.message ? p.message : label(t.problems, byStatus[p.status] ?? "request.invalid");
}

/** indicators[2].weight → 考核指标 3 · 权重 */
export function pathText(t: Text, path: string): string {
  const steps = path.replace(/\[(\d+)\]/g, ".$1").split(".").filter((s) => s && s !== "body");
  let told = "";
  for (const step of steps) {
    if (/^\d+$/.test(step)) told += ` ${Number(step) + 1}`;
    else told += (told ? " · " : "") + label(t.fields, step);
  }
  return told;
}

export function explainProblem(t: Text, p: Told) {
  return {
    title: problemText(t, p),
    fields: p.fields.map((f) => ({ label: pathText(t, f.path), message: t.problems[f.code] ?? f.message })),
    incident: p.incident,
  };
}
