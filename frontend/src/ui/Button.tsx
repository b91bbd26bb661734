import type { ButtonHTMLAttributes } from "react";

export type Look = "plain" | "main" | "seal" | "quiet" | "danger";

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  busy?: boolean;
}

export function Button({ look = "plain", small, busy, disabled, type = "button", className = "", ...rest }: Props) {
  return <button type={type} aria-busy={busy || undefined} disabled={disabled || busy} className={`button ${look} ${small ? "small" : ""} ${className}`} {...rest} />;
}
