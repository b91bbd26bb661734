/** The measure of an indicator, wherever one stands: challenge, bid or score sheet. */
interface Asked {
  op: string;
  value?: number;
  value_min?: number;
  value_max?: number;
  value_text?: string;
  unit?: string;
}

const signs: Record<string, string> = { ge: "≥", ">=": "≥", le: "≤", "<=": "≤", eq: "=", "=": "=" };

/** A unit as it is written behind a number; what has no dimension has none. */
export const unitText = (unit: string | undefined): string => (!unit || unit === "1" ? "" : unit === "%" ? "%" : ` ${unit}`);

/** What an indicator asks, as one reads it: ≥ 1.5 kHz; 10–18 MW; its words. */
export function asked(i: Asked): string {
  const unit = unitText(i.unit);
  if (i.op === "meets") return i.value_text ?? "";
  if (i.op === "range") return `${i.value_min ?? "?"}–${i.value_max ?? "?"}${unit}`;
  return `${signs[i.op] ?? i.op} ${i.value ?? "?"}${unit}`;
}
