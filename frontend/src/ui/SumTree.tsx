import { useWords } from "./words";

/** A sum and its parts: the parts' values add up to the value. */
export interface SumPart {
  name: string;
  value: number;
  args?: Record<string, unknown>;
  parts?: SumPart[];
}

interface Props {
  sum: SumPart;
  /** The words for a part: its name, and what its arguments say. */
  words: (part: SumPart) => { name: string; note?: string };
  digits?: number;
  /** How many levels stand open at first. */
  open?: number;
}

/** What the parts miss of the sum; anything but about zero is a fault worth showing. */
export function remainder(sum: SumPart): number {
  if (!sum.parts?.length) return 0;
  return sum.value - sum.parts.reduce((total, part) => total + part.value, 0);
}

export function SumTree({ sum, words, digits = 1, open = 1 }: Props) {
  const widest = Math.max(1e-9, ...[sum, ...(sum.parts ?? [])].map((p) => Math.abs(p.value)));
  return (
    <ul className="sum">
      <Line part={sum} words={words} digits={digits} open={open} widest={widest} />
    </ul>
  );
}

function Line({ part, words, digits, open, widest }: { part: SumPart; words: Props["words"]; digits: number; open: number; widest: number }) {
  const locale = useWords().locale;
  const { name, note } = words(part);
  const missing = remainder(part);
  const line = (
    <div className="sum-line">
      <span className="name">
        {name}
        {note && <span className="args">{note}</span>}
      </span>
      <span className="bar" aria-hidden="true">
        <span className={part.value < 0 ? "minus" : ""} style={{ width: `${Math.min(100, (Math.abs(part.value) / widest) * 100)}%` }} />
      </span>
      <span className="value">{part.value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })}</span>
    </div>
  );
  if (!part.parts?.length) return <li>{line}</li>;
  return (
    <li>
      <details open={open > 0}>
        <summary>{line}</summary>
        <ul>
          {part.parts.map((p, i) => (
            <Line key={`${p.name}-${i}`} part={p} words={words} digits={digits} open={open - 1} widest={widest} />
          ))}
          {Math.abs(missing) > 0.5 * 10 ** -digits && (
            <li className="error small" role="alert">
              Σ ≠ {missing.toFixed(digits + 1)}
            </li>
          )}
        </ul>
      </details>
    </li>
  );
}
