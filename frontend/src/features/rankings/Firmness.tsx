import type { Ranking } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import "./rankings.css";

const points = (v: number) => v.toFixed(2);
const percent = (v: number) => (v > 0 && v < 0.01 ? "<1" : v > 0.99 && v < 1 ? ">99" : (v * 100).toFixed(0));

/** How far the sheets carry the order: intervals, the chance of each place, and what the panel agrees on. */
export function Firmness({ ranking: r }: { ranking: Ranking }) {
  const { t, language } = useLanguage();
  const f = r.firmness!;
  const shown = r.places.filter((p) => p.firm);
  const ends = shown.flatMap(({ total, firm }) => [total, firm!.calibrated, firm!.low ?? total, firm!.high ?? total]);
  const low = Math.min(...ends);
  const width = Math.max(...ends) - low || 1;
  const at = (v: number) => `${3 + ((v - low) / width) * 94}%`;
  const places = Math.max(0, ...shown.map((p) => p.firm!.chances.length));
  const code = (c: string) => r.criteria.find((k) => k.code === c);
  return (
    <div className="card stack">
      {f.withheld.map((w) => (
        <p key={w.code} className="note warn">
          {label(t.firm.withheld, w.code)}
          {w.alpha !== undefined && ` ${t.firm.alphaIs(w.alpha.toFixed(2), (w.least ?? 0).toFixed(1))}`}
          {w.corrected !== undefined && ` ${t.firm.corrected(w.corrected.toFixed(2))}`}
        </p>
      ))}
      <p className="muted small">{r.aggregate === "calibrated" ? t.firm.byCalibrated : t.firm.beside}</p>
      <ul className="intervals">
        {shown.map((p) => (
          <li key={p.bid}>
            <span className="row spread small">
              <span>
                {p.passed ? `${p.place}. ` : ""}
                {p.team || p.bid_code}
                {p.firm!.tied && <StateTag tone="warn" label={t.firm.tied} />}
              </span>
              <span className="number">
                {points(p.firm!.calibrated)}
                {p.firm!.high !== undefined && ` [${points(p.firm!.low!)}, ${points(p.firm!.high)}]`}
              </span>
            </span>
            <span className="interval" role="img" aria-label={t.firm.intervalOf(points(p.firm!.calibrated), points(p.firm!.low ?? p.firm!.calibrated), points(p.firm!.high ?? p.firm!.calibrated), points(p.total))}>
              {p.firm!.high !== undefined && <span className="range" style={{ left: at(p.firm!.low!), width: `calc(${at(p.firm!.high)} - ${at(p.firm!.low!)})` }} />}
              <span className="now" style={{ left: at(p.firm!.calibrated) }} />
              <span className="plain" style={{ left: at(p.total) }} />
            </span>
          </li>
        ))}
      </ul>
      <p className="muted small">{t.firm.legend}</p>
      {places > 0 && (
        <div className="scroll-x">
          <table className="chances">
            <caption>{t.firm.chances}</caption>
            <thead>
              <tr>
                <th scope="col">{t.firm.bid}</th>
                {Array.from({ length: places }, (_, i) => (
                  <th key={i} scope="col" className="number">
                    {t.ranking.placeNo(i + 1)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown
                .filter((p) => p.firm!.chances.length)
                .map((p) => (
                  <tr key={p.bid}>
                    <th scope="row">{p.team || p.bid_code}</th>
                    {Array.from({ length: places }, (_, i) => {
                      const chance = p.firm!.chances[i] ?? 0;
                      return (
                        <td key={i} className="number" style={{ background: `color-mix(in srgb, var(--ink) ${Math.round(chance * 55)}%, transparent)` }}>
                          {chance > 0 ? `${percent(chance)}%` : "·"}
                        </td>
                      );
                    })}
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
      <dl className="pairs">
        <dt>{t.firm.alpha}</dt>
        <dd className="number">
          {f.alpha?.toFixed(2) ?? "—"}
          {f.severity_corrected && f.alpha_corrected !== undefined && ` → ${f.alpha_corrected.toFixed(2)}`}
        </dd>
        {f.kendall_w !== undefined && (
          <>
            <dt>{t.firm.w}</dt>
            <dd className="number">{f.kendall_w.toFixed(2)}</dd>
          </>
        )}
        <dt>{t.firm.severity}</dt>
        <dd>
          {t.firm.spread(f.severity_sd.toFixed(1), f.noise_sd.toFixed(1))} {f.severity_corrected ? t.firm.isCorrected : t.firm.notCorrected}
        </dd>
        {f.criteria.length > 1 && (
          <>
            <dt>{t.firm.byCriterion}</dt>
            <dd>{f.criteria.map((c) => `${code(c.criterion) ? named(code(c.criterion)!, language) : c.criterion} ${c.alpha?.toFixed(2) ?? "—"}`).join(" · ")}</dd>
          </>
        )}
      </dl>
      {f.experts.length > 0 && (
        <details>
          <summary>{t.firm.experts}</summary>
          <p className="row small">
            {f.experts.map((e) => (
              <StateTag key={e.expert} tone={Math.abs(e.offset) > 2 * e.se && e.se > 0 ? "warn" : "plain"} label={`${e.expert} ${e.offset > 0 ? "+" : ""}${e.offset.toFixed(1)} ± ${e.se.toFixed(1)}`} />
            ))}
          </p>
        </details>
      )}
      {f.asks.length > 0 && (
        <div className="stack tight">
          <strong className="small">{t.firm.asks}</strong>
          <ul className="plain-list small">
            {f.asks.map((a, i) => (
              <li key={i}>
                {a.expert} {a.bid_code} {a.criterion && code(a.criterion) ? named(code(a.criterion)!, language) : ""}：{label(t.firm.ask, a.code)}
                {a.code === "out_of_line" && ` ${t.firm.expected(a.score.toFixed(1), a.expected.toFixed(1), percent(a.weight))}`}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
