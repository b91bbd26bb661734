import type { ReactNode } from "react";
import type { BidBoardItem } from "../../client/views";
import { reasonText, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

interface Props {
  bids: BidBoardItem[];
  /** Not yet opened: nobody may even know how many there are. */
  sealed?: boolean;
  link: (bid: BidBoardItem) => ReactNode;
  /** What can be done to a bid in this place. */
  actions?: (bid: BidBoardItem) => ReactNode;
  label: string;
}

/** Bids of a challenge after opening. */
export function BidList({ bids, sealed, link, actions, label }: Props) {
  const t = useText();
  if (sealed) return <Empty title={t.bid.sealed}>{t.bid.sealedNote}</Empty>;
  return (
    <Table
      label={label}
      rows={bids}
      id={(b) => b.id}
      empty={<Empty title={t.bid.noneOpened} />}
      columns={[
        {
          key: "name",
          head: t.bid.team,
          cell: (b) => (
            <span>
              {link(b)}
              <br />
              <span className="muted small">
                {b.org.name} · <span className="mono">{b.code}</span>
              </span>
            </span>
          ),
        },
        {
          key: "state",
          head: t.list.state,
          cell: (b) => (
            <span className="stack tight">
              <span>
                <StateTag tone={toneOf(b.state)} label={stateLabel(t, "bid", b.state)} />
              </span>
              {b.reason && <span className="small muted">{reasonText(t, b.reason)}</span>}
            </span>
          ),
        },
        { key: "met", head: t.bid.met, cell: (b) => <MetNote counts={b.promises} /> },
        { key: "quote", head: t.bid.quoteHead, right: true, cell: (b) => <Money fen={b.quote_fen} /> },
        { key: "match", head: t.match.score, right: true, cell: (b) => <span className="number">{b.match_score.toFixed(1)}</span> },
        { key: "at", head: t.bid.submittedAt, cell: (b) => <Time at={b.submitted_at} /> },
        ...(actions ? [{ key: "actions", head: t.ui.actions, bare: true, cell: actions }] : []),
      ]}
    />
  );
}

/** How many of the asked indicators a bid promises to meet, and what it declares otherwise. */
export function MetNote({ counts: n }: { counts: BidBoardItem["promises"] }) {
  const t = useText();
  return (
    <span className="stack tight">
      <span className="number">{t.ui.of(String(n.met), String(n.asked))}</span>
      {n.deviations > 0 && <span className="small warn-text">{t.bid.deviations(n.deviations)}</span>}
      {n.knockouts_missed > 0 && <StateTag tone="bad" label={t.bid.knockoutsMissed(n.knockouts_missed)} />}
    </span>
  );
}
