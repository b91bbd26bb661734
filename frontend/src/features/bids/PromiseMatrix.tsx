import type { ReactNode } from "react";
import type { Bid, BidPromise, Indicator } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { asked } from "../../text/indicator";
import { promisedText } from "./PromiseTable";
import "./bids.css";

interface Props {
  indicators: Indicator[];
  bids: Bid[];
  bountyFen: number;
  link: (bid: Bid) => ReactNode;
}

/** One row per indicator, one column per bid; the best promise of a row is marked. */
export function PromiseMatrix({ indicators, bids, bountyFen, link }: Props) {
  const t = useText();
  return (
    <div className="matrix-wrap" tabIndex={0} role="group" aria-label={t.compare.title}>
      <table className="matrix">
        <caption className="visually-hidden">{t.compare.lead}</caption>
        <thead>
          <tr>
            <th scope="col">{t.indicator.name}</th>
            {bids.map((b) => (
              <th key={b.id} scope="col">
                <span className="stack tight">
                  <span>
                    <span className="mono muted">{b.code}</span> {link(b)}
                  </span>
                  <span className="muted small">{b.org.name}</span>
                  <span>
                    <StateTag tone={toneOf(b.state)} label={stateLabel(t, "bid", b.state)} />
                  </span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indicators.map((i) => {
            const best = bestOf(i, bids);
            return (
              <tr key={i.id}>
                <th scope="row">
                  {i.no}. {i.name}
                  <br />
                  <strong className="number">{asked(i)}</strong> <span className="muted small">{`${t.indicator.weight} ${i.weight}`}</span> {i.knockout && <StateTag tone="seal" label={t.indicator.knockout} />}
                </th>
                {bids.map((b) => (
                  <td key={b.id}>
                    <Promise indicator={i} promise={b.promises.find((p) => p.indicator === i.id)} best={best === b.id} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.compare.quote}</th>
            {bids.map((b) => (
              <td key={b.id}>
                <strong>
                  <Money fen={b.quote_fen} />
                </strong>
                <br />
                {bountyFen > 0 && <span className="muted small">{t.compare.ofBounty(`${Math.round((b.quote_fen / bountyFen) * 100)}%`)}</span>}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t.bid.ip}</th>
            {bids.map((b) => (
              <td key={b.id} className="small">
                {b.content.ip_accept ? t.bid.ipAccept : b.content.ip_counter || t.ui.none}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t.compare.matchScore}</th>
            {bids.map((b) => (
              <td key={b.id} className="number">
                {b.match_score.toFixed(1)}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Promise({ indicator: i, promise: p, best }: { indicator: Indicator; promise?: BidPromise; best: boolean }) {
  const t = useText();
  if (!p?.given) return <StateTag tone="bad" label={t.compare.missing} />;
  return (
    <span className="stack tight">
      <span>
        <strong className={p.met ? "number" : "number bad-text"}>{promisedText(i, p)}</strong> {best && <StateTag tone="good" label={t.compare.best} />} {!p.met && <StateTag tone={i.knockout ? "bad" : "warn"} label={t.compare.under} />}
      </span>
      {p.present && <span className="muted small">{`${t.bid.present}: ${p.present}`}</span>}
      {p.deviation && <span className="warn-text small">{`${t.bid.deviation}: ${p.deviation}`}</span>}
    </span>
  );
}

/** Whose number goes furthest in the direction asked; nobody's where there is none or all are equal. */
function bestOf(i: Indicator, bids: Bid[]): string | undefined {
  if (i.op !== ">=" && i.op !== "<=") return undefined;
  const given = bids.map((b) => ({ id: b.id, value: b.promises.find((p) => p.indicator === i.id && p.given)?.value })).filter((x): x is { id: string; value: number } => x.value !== undefined);
  if (given.length < 2) return undefined;
  const sorted = given.sort((a, b) => (i.op === ">=" ? b.value - a.value : a.value - b.value));
  return sorted[0]!.value === sorted[1]!.value ? undefined : sorted[0]!.id;
}
