import type { Sum } from "../../client/views";
import { partWords } from "../../text/parts";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";

/** The parts of a score as one bar on 0 to 100, and the three that give most in words. */
export function PartsBar({ sum }: { sum: Sum }) {
  const words = partWords(useText());
  const m = useMatchText();
  const parts = (sum.parts ?? []).filter((p) => p.value > 0.05);
  const most = [...parts].sort((a, b) => b.value - a.value).slice(0, 3);
  const said = (p: Sum) => `${words(p).name} ${p.value.toFixed(1)}`;
  if (parts.length === 0) return null;
  return (
    <div className="parts-bar">
      <span className="track" role="img" aria-label={`${m.partly}: ${parts.map(said).join("; ")}`}>
        {parts.map((p) => (
          <span key={p.name} className={`part ${p.name}`} style={{ width: `${p.value}%` }} title={said(p)} />
        ))}
      </span>
      <span className="small muted">
        {m.mostly} {most.map(said).join(" · ")}
      </span>
    </div>
  );
}
