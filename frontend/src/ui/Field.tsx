import { useId, type ReactNode } from "react";
import { useWords } from "./words";

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: boolean;
}

interface Props {
  label: string;
  hint?: ReactNode;
  /** What the server or the form says is wrong with it. */
  error?: string;
  required?: boolean;
  wide?: boolean;
  children: (wiring: Wiring) => ReactNode;
}

/** A label, a control, its hint and its error, wired for a screen reader. */
export function Field({ label, hint, error, required, wide, children }: Props) {
  const id = useId();
  const words = useWords();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={`field ${wide ? "wide" : ""}`}>
      <label htmlFor={id}>
        {label}
        {required && (
          <span className="muted small" aria-hidden="true" title={words.required}>
            {" *"}
          </span>
        )}
      </label>
      {children({ id, ...(described && { "aria-describedby": described }), ...(error && { "aria-invalid": true as const }), ...(required && { required }) })}
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
