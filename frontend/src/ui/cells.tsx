// Controls inside a table: their label is for the screen reader, the head is for the eye.
import { useTyped, readNumber } from "./typed";

interface TextProps {
  label: string;
  value: string;
  onChange: (v: string) => void;
  lines?: number;
}

export function TextCell({ label, value, onChange, lines = 1 }: TextProps) {
  return lines > 1 ? (
    <textarea className="input cell" rows={lines} aria-label={label} value={value} onChange={(e) => onChange(e.target.value)} />
  ) : (
    <input className="input cell" aria-label={label} value={value} onChange={(e) => onChange(e.target.value)} />
  );
}

interface NumberProps {
  label: string;
  value?: number;
  onChange: (v: number | undefined) => void;
  unit?: string;
}

export function NumberCell({ label, value, onChange, unit }: NumberProps) {
  const [typed, setTyped] = useTyped(value, (v) => (v === undefined ? "" : String(v)), readNumber);
  return (
    <span className={unit ? "affix" : ""}>
      <input
        className="input cell number"
        inputMode="decimal"
        aria-label={label}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          onChange(readNumber(e.target.value));
        }}
      />
      {unit && <span className="unit small">{unit}</span>}
    </span>
  );
}
