import type { Quality } from "../../client/views";
import { useText } from "../../text/text";
import "./score.css";

/** Brings the form's field of a path into view: its label holds the name, or a part of it does. */
function jump(label: string) {
  const found = [...document.querySelectorAll<HTMLElement>("label, legend, h2, h3")].find((e) => label !== "" && e.textContent?.includes(label));
  found?.scrollIntoView({ behavior: "smooth", block: "center" });
  (found?.querySelector<HTMLElement>("input, textarea, select") ?? found?.parentElement?.querySelector<HTMLElement>("input, textarea, select"))?.focus({ preventScroll: true });
}

/** The quality score part by part, with what each part lacks; a click leads to the field. */
export function ScorePanel({ quality, open: begun }: { quality: Quality; open?: boolean }) {
  const t = useText();
  const w = t.needs;
  const open = (quality.parts ?? []).filter((p) => (p.lacks ?? []).length > 0);
  const name = (path: string) => t.fields[path.split(/[.[]/)[0]! as keyof typeof t.fields] ?? "";
  return (
    <section className="card score-panel" aria-label={w.score}>
      <p>
        {w.score} <strong>{quality.score}</strong> / 100
      </p>
      <ul className="score-parts">
        {(quality.parts ?? []).map((p) => (
          <li key={p.name}>
            <span>{w.parts[p.name]}</span>
            <meter min={0} max={p.most} value={p.points} aria-label={w.parts[p.name]} />
            <span className="muted small">
              {p.points}/{p.most}
            </span>
          </li>
        ))}
      </ul>
      {open.length === 0 ? (
        <p className="note good">{w.full}</p>
      ) : (
        <details open={begun}>
          <summary>{w.mend}</summary>
          <ul>
            {open.flatMap((p) =>
              (p.lacks ?? []).map((l, i) => (
                <li key={`${p.name} ${l.path} ${i}`}>
                  <button type="button" className="link" onClick={() => jump(name(l.path))}>
                    {[name(l.path), l.word && `“${l.word}”`].filter(Boolean).join(" ") || w.parts[p.name]}
                  </button>{" "}
                  {w.lacks[l.code] ?? l.mend}
                </li>
              )),
            )}
          </ul>
        </details>
      )}
    </section>
  );
}
