export type Tone = "plain" | "ink" | "seal" | "good" | "warn" | "bad";

/** A short mark: never by colour alone, the word is always there. */
export function StateTag({ label, tone = "plain" }: { label: string; tone?: Tone }) {
  return <span className={`tag ${tone}`}>{label}</span>;
}
