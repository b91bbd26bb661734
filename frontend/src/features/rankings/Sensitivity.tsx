import type { Ranking } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";

/** How far each weight could move before another bid came first: an interval as a bar. */
export function Sensitivity({ ranking: r }: { ranking: Ranking }) {
  const { t, language } = useLanguage();
  if (!r.sensitivity.length) return null;
  const nameOf = (code: string) => {
    const criterion = r.criteria.find((c) => c.code === code);
    return criterion ? named(criterion, language) : label(t.parts, code);
  };
  const bid = (code?: string) => {
    const place = r.places.find((p) => p.bid_code === code || p.bid === code);
    return place?.team || place?.bid_code || code;
  };
  const top = Math.max(100, ...r.sensitivity.map((s) => s.high));
  const at = (v: number) => `${(Math.max(0, Math.min(v, top)) / top) * 100}%`;
  return (
    <div className="card stack">
      <p className="muted small">{t.ranking.sensitivityHint}</p>
      <ul className="intervals">
        {r.sensitivity.map((s) => (
          <li key={s.weight}>
            <span className="row spread small">
              <span>{nameOf(s.weight)}</span>
              <span className="number">{t.ranking.interval(s.now.toFixed(0), s.low.toFixed(1), s.high.toFixed(1))}</span>
            </span>
            <span className="interval" aria-hidden="true">
              <span className="range" style={{ left: at(s.low), width: `calc(${at(s.high)} - ${at(s.low)})` }} />
              <span className="now" style={{ left: at(s.now) }} />
            </span>
            {(s.below_low || s.above_high) && (
              <span className="muted small">{[s.below_low && t.ranking.below(s.low.toFixed(1), bid(s.below_low)!), s.above_high && t.ranking.above(s.high.toFixed(1), bid(s.above_high)!)].filter(Boolean).join("；")}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
