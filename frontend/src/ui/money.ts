// Money is whole fen inside and 万元 (1,000,000 fen) on forms. Both ways are exact.
const fenPerWan = 1_000_000;

/** 160000000 → "160"; at most six decimals, no trailing zeros. */
export function wanText(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const abs = Math.abs(Math.round(fen));
  const rest = String(abs % fenPerWan).padStart(6, "0").replace(/0+$/, "");
  return sign + Math.floor(abs / fenPerWan) + (rest ? "." + rest : "");
}

/** "160.5" → 160500000; undefined when it is not an amount of whole fen. */
export function fenOf(wan: string): number | undefined {
  const found = /^\s*(\d{1,9})(?:\.(\d{0,6}))?\s*$/.exec(wan.replace(/[,，]/g, ""));
  if (!found) return undefined;
  return Number(found[1]) * fenPerWan + Number((found[2] ?? "").padEnd(6, "0"));
}

export function grouped(text: string): string {
  const [whole = "", rest] = text.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : "." + rest);
}
