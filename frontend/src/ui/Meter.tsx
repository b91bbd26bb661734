interface Props {
  label: string;
  value: number;
  /** What the value must come to. */
  goal: number;
  unit?: string;
}

/** How near a sum is to what it must come to. */
export function Meter({ label, value, goal, unit = "" }: Props) {
  const state = value === goal ? "ok" : value > goal ? "over" : "";
  return (
    <div className={`meter ${state}`}>
      <span className="row spread small">
        <span>{label}</span>
        <span className="number" aria-live="polite">
          {value} / {goal}
          {unit} {state === "ok" ? "✓" : ""}
        </span>
      </span>
      <span className="track" aria-hidden="true">
        <span className="fill" style={{ display: "block", width: `${Math.min(100, (value / goal) * 100)}%` }} />
      </span>
    </div>
  );
}
