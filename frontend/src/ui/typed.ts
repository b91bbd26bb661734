import { useState } from "react";

/**
 * Text that stands for a value: what was typed while it means the value, else the value
 * itself, which then came from elsewhere.
 */
export function useTyped<T>(value: T, show: (v: T) => string, read: (s: string) => T) {
  const [typed, setTyped] = useState(() => show(value));
  return [Object.is(read(typed), value) ? typed : show(value), setTyped] as const;
}

/** A number as a person types it, full-width digits and signs included. */
export function readNumber(s: string): number | undefined {
  const plain = s.normalize("NFKC").trim();
  return plain === "" || !Number.isFinite(Number(plain)) ? undefined : Number(plain);
}
