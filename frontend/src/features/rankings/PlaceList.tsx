import type { Place } from "../../client/views";
import { partWords } from "../../text/parts";
import { useText } from "../../text/text";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { SumTree } from "../../ui/SumTree";
import "./rankings.css";

/** The order of the bids, each place with the sum that put it there. */
export function PlaceList({ places }: { places: Place[] }) {
  const t = useText();
  return (
    <ol className="places">
      {places.map((p) => (
        <li key={p.bid.id} className={p.passed ? "" : "out"}>
          <div className="place-head">
            <span className="place-no" aria-label={p.passed ? t.ranking.placeNo(p.place) : t.ranking.out}>
              {p.passed ? p.place : "—"}
            </span>
            <div>
              <h2>{p.team.name}</h2>
              <p className="muted small row">
                {p.quote_fen !== undefined && (
                  <span>
                    {t.bid.quote} <Money fen={p.quote_fen} />
                  </span>
                )}
                {!p.passed && <StateTag tone="bad" label={t.ranking.out} />}
                {p.tie && <StateTag tone="warn" label={p.tie} />}
              </p>
            </div>
            <strong className="place-score number">{p.total.toFixed(2)}</strong>
          </div>
          <SumTree sum={p.sum} words={partWords(t)} digits={2} open={p.place <= 1 ? 1 : 0} />
        </li>
      ))}
    </ol>
  );
}
