import type { ComponentProps, ReactNode } from "react";
import { Field } from "./Field";
import { fenOf, wanText } from "./money";
import { fromWallClock, wallClock } from "./time";
import { readNumber, useTyped } from "./typed";
import { useWords } from "./words";

interface Common {
  label: string;
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  wide?: boolean;
  disabled?: boolean;
}

type Native<T extends "input" | "textarea" | "select"> = Omit<ComponentProps<T>, "value" | "onChange" | "id" | "required" | "disabled">;

export function TextInput({ label, hint, error, required, wide, value, onChange, ...rest }: Common & Native<"input"> & { value: string; onChange: (v: string) => void }) {
  return (
    <Field {...{ label, hint, error, required, wide }}>
      {(w) => <input className="input" {...rest} {...w} value={value} onChange={(e) => onChange(e.target.value)} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, required, wide = true, value, onChange, ...rest }: Common & Native<"textarea"> & { value: string; onChange: (v: string) => void }) {
  const count = rest.maxLength ? `${[...value].length} / ${rest.maxLength}` : undefined;
  return (
    <Field {...{ label, error, required, wide }} hint={hint && count ? <>{hint} · {count}</> : (hint ?? count)}>
      {(w) => <textarea className="input" {...rest} {...w} value={value} onChange={(e) => onChange(e.target.value)} />}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function Select({ label, hint, error, required, wide, value, onChange, choices, empty, ...rest }: Common & Native<"select"> & { value: string; onChange: (v: string) => void; choices: Choice[]; empty?: string }) {
  const words = useWords();
  return (
    <Field {...{ label, hint, error, required, wide }}>
      {(w) => (
        <select className="input" {...rest} {...w} value={value} onChange={(e) => onChange(e.target.value)}>
          {(empty !== undefined || !value) && <option value="">{empty ?? words.choose}</option>}
          {choices.map((c) => (
            <option key={c.value} value={c.value}>
              {c.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function NumberInput({ label, hint, error, required, wide, value, onChange, unit, ...rest }: Common & Native<"input"> & { value?: number; onChange: (v: number | undefined) => void; unit?: string }) {
  const [typed, setTyped] = useTyped(value, (v) => (v === undefined ? "" : String(v)), readNumber);
  const change = (s: string) => {
    setTyped(s);
    onChange(readNumber(s));
  };
  return (
    <Field {...{ label, hint, error, required, wide }}>
      {(w) => (
        <span className={unit ? "affix" : ""}>
          <input className="input number" inputMode="decimal" {...rest} {...w} value={typed} onChange={(e) => change(e.target.value)} />
          {unit && <span className="unit">{unit}</span>}
        </span>
      )}
    </Field>
  );
}

export function MoneyInput({ label, hint, error, required, wide, fen, onChange, disabled }: Common & { fen?: number; onChange: (fen: number | undefined) => void }) {
  const words = useWords();
  const [typed, setTyped] = useTyped(fen, (v) => (v === undefined ? "" : wanText(v)), fenOf);
  return (
    <Field {...{ label, hint, error, required, wide }}>
      {(w) => (
        <span className="affix">
          <input
            className="input number"
            inputMode="decimal"
            disabled={disabled}
            {...w}
            value={typed}
            onChange={(e) => {
              setTyped(e.target.value);
              onChange(fenOf(e.target.value));
            }}
          />
          <span className="unit">{words.moneyUnit}</span>
        </span>
      )}
    </Field>
  );
}

/** An instant, written as the wall clock of the platform's zone. */
export function InstantInput({ label, hint, error, required, wide, value, onChange }: Common & { value?: string; onChange: (iso: string | undefined) => void }) {
  const words = useWords();
  return (
    <Field {...{ label, error, required, wide }} hint={hint ?? words.zone}>
      {(w) => <input type="datetime-local" className="input" {...w} value={value ? wallClock(value) : ""} onChange={(e) => onChange(e.target.value ? fromWallClock(e.target.value) : undefined)} />}
    </Field>
  );
}

export function Check({ label, checked, onChange, hint, disabled }: { label: ReactNode; checked: boolean; onChange: (v: boolean) => void; hint?: ReactNode; disabled?: boolean }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(e) => onChange(e.target.checked)} />
      <span>
        {label}
        {hint && <span className="muted small"> {hint}</span>}
      </span>
    </label>
  );
}
