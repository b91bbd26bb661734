import type { Ranking, RankingPlace } from "../../client/views";
import { partWords } from "../../text/parts";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import { SumTree } from "../../ui/SumTree";
import "./rankings.css";

/** The order of the bids, each place with the sum that put it there. */
export function PlaceList({ ranking: r }: { ranking: Ranking }) {
  const { t } = useLanguage();
  const words = useWordsOf(r);
  return (
    <ol className="places">
      {r.places.map((p) => (
        <li key={p.bid} className={p.passed ? "" : "out"}>
          <div className="place-head">
            <span className="place-no" aria-label={p.passed ? t.ranking.placeNo(p.place) : t.ranking.out}>
              {p.passed ? p.place : "—"}
            </span>
            <div>
              <h2>{p.team || t.ranking.unnamed(p.bid_code)}</h2>
              <p className="muted small row">
                <span>
                  {p.bid_code} {p.unit}
                </span>
                {p.behind > 0 && <span>{t.ranking.behind(p.behind.toFixed(2))}</span>}
                {p.tie && <StateTag tone="warn" label={label(t.ranking.ties, p.tie)} />}
                {p.spread && <span>{t.ranking.spread(p.spread.min.toFixed(1), p.spread.max.toFixed(1), p.spread.sd.toFixed(1))}</span>}
              </p>
              <Why place={p} />
            </div>
            <strong className="place-score number">{p.total.toFixed(2)}</strong>
          </div>
          <SumTree sum={p.sum} words={words} digits={2} open={p.place === 1 && p.passed ? 2 : 0} />
          {p.sheets.length > 0 && <SheetDots place={p} />}
        </li>
      ))}
    </ol>
  );
}

/** The words for the parts of a ranking's sums: criteria go by their own names. */
export function useWordsOf(r: Pick<Ranking, "criteria">) {
  const { t, language } = useLanguage();
  const words = partWords(t);
  return (part: Parameters<typeof words>[0]) => {
    const of = part.args?.criterion;
    const criterion = typeof of === "string" ? r.criteria.find((c) => c.code === of) : undefined;
    if (!criterion) return words(part);
    const told = words({ ...part, args: { ...part.args, criterion: undefined } });
    return { name: named(criterion, language), note: told.note };
  };
}

function Why({ place: p }: { place: RankingPlace }) {
  const { t } = useLanguage();
  if (p.passed || !p.why.length) return null;
  return (
    <ul className="plain-list small warn-text">
      {p.why.map((w, i) => (
        <li key={i}>
          {label(t.ranking.failures, w.code)}
          {w.name && ` · ${w.name}`}
          {w.reason && `：${w.reason}`}
        </li>
      ))}
    </ul>
  );
}

/** What each sheet came to; those that were dropped or stand far out are marked. */
function SheetDots({ place: p }: { place: RankingPlace }) {
  const { t } = useLanguage();
  return (
    <p className="row small">
      <span className="muted">{t.ranking.sheets}</span>
      {p.sheets.map((s) => (
        <StateTag key={s.expert} tone={s.outlier ? "warn" : s.dropped ? "plain" : "ink"} label={`${s.expert} ${s.total.toFixed(1)}${s.dropped ? ` · ${label(t.ranking.dropped, s.dropped)}` : ""}${s.outlier ? ` · ${t.ranking.outlier}` : ""}`} />
      ))}
    </p>
  );
}
