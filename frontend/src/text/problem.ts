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

/** The words for a code, with the numbers and quotations of the server's own sentence in their places. */
export function codeText(t: Text, code: string, message: string): string | undefined {
  const pattern = t.problems[code];
  if (!pattern) return undefined;
  const numbers = message.match(/\d+(?:\.\d+)?/g) ?? [];
  const quoted = /[“"]([^”"]+)[”"]/.exec(message)?.[1];
  let whole = true;
  const told = pattern.replace(/\{(\w)\}/g, (_, key: string) => {
    const found = key === "q" ? quoted : numbers[Number(key) - 1];
    if (found === undefined) whole = false;
    return found ?? "";
  });
  return whole ? told : message || told;
}

/** What is wrong with one field, in the reader's language. */
export const faultText = (t: Text, fault: { code: string; message: string }): string => codeText(t, fault.code, fault.message) ?? fault.message;

/** A sentence for a problem: by its code, else the server's own, else by its status. */
export function problemText(t: Text, p: Told): string {
  const known = codeText(t, p.code, p.message);
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
    fields: p.fields.map((f) => ({ label: pathText(t, f.path), message: faultText(t, f) })),
    incident: p.incident,
  };
}
