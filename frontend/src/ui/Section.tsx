import { useId, type ReactNode } from "react";

export function Section({ title, side, children }: { title: string; side?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="section" aria-labelledby={id}>
      <h2 id={id}>
        {title}
        {side && <span className="muted small">{side}</span>}
      </h2>
      {children}
    </section>
  );
}
