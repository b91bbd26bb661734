import { useId, type ReactNode } from "react";

export function Section({ title, side, tools, children }: { title: string; side?: ReactNode; /** What one can do with the whole of it. */ tools?: ReactNode; children: ReactNode }) {
  const id = useId();
  const head = (
    <h2 id={id}>
      {title}
      {side && <span className="muted small">{side}</span>}
    </h2>
  );
  return (
    <section className="section" aria-labelledby={id}>
      {tools ? (
        <div className="section-head">
          {head}
          {tools}
        </div>
      ) : (
        head
      )}
      {children}
    </section>
  );
}
