import type { ReactNode } from "react";
import type { BidCard } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

interface Props {
  bids: BidCard[];
  sealed?: boolean;
  link: (bid: BidCard) => ReactNode;
  /** What can be done to a bid in this place. */
  actions?: (bid: BidCard) => ReactNode;
  label: string;
}

/** Bids of a challenge after opening, or of one's own teams. */
export function BidList({ bids, sealed, link, actions, label }: Props) {
  const t = useText();
  if (sealed) return <Empty title={t.bid.sealed}>{t.bid.sealedNote}</Empty>;
  return (
    <Table
      label={label}
      rows={bids}
      id={(b) => b.id}
      empty={<Empty title={t.ui.nothing} />}
      columns={[
        { key: "name", head: t.kinds.bid!, cell: link },
        { key: "state", head: t.list.state, cell: (b) => <StateTag tone={toneOf(b.state)} label={stateLabel(t, "bid", b.state)} /> },
        { key: "quote", head: t.bid.quoteHead, right: true, cell: (b) => (b.quote_fen === undefined ? t.ui.none : <Money fen={b.quote_fen} />) },
        { key: "at", head: t.bid.submittedAt, cell: (b) => <Time at={b.submitted_at} /> },
        ...(actions ? [{ key: "actions", head: t.ui.actions, bare: true, cell: actions }] : []),
      ]}
    />
  );
}
