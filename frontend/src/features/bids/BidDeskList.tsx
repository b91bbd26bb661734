import type { ReactNode } from "react";
import type { BidDeskItem } from "../../client/views";
import { reasonText, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Empty } from "../../ui/Empty";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { EndorsementNote } from "./EndorsementNote";

interface Props {
  label: string;
  bids: BidDeskItem[];
  link: (bid: BidDeskItem) => ReactNode;
  /** Bids of many teams, as an institution sees them. */
  teams?: boolean;
}

const early = ["draft", "institution_pending", "endorsed"];

/** The bids of one's teams or one's institution, from the first draft to the result. */
export function BidDeskList({ label, bids, link, teams }: Props) {
  const t = useText();
  return (
    <Table
      label={label}
      rows={bids}
      id={(b) => b.id}
      empty={<Empty title={t.bid.noneMine}>{t.bid.noneMineHint}</Empty>}
      columns={[
        {
          key: "challenge",
          head: t.kinds.challenge!,
          cell: (b) => (
            <span>
              {b.awaiting ? <strong>{link(b)}</strong> : link(b)}
              <br />
              <span className="muted small">
                <span className="mono">{b.challenge.code}</span> · {b.challenge.honor_only ? t.list.honor : <Money fen={b.challenge.bounty_fen} />}
              </span>
            </span>
          ),
        },
        ...(teams ? [{ key: "team", head: t.bid.team, cell: (b: BidDeskItem) => b.team.name }] : []),
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
        { key: "endorsed", head: t.bid.endorsedOrSubmitted, cell: (b) => (early.includes(b.state) ? <EndorsementNote draft={b.draft} /> : <Time at={b.submitted_at} />) },
        {
          key: "deadline",
          head: t.detail.deadline,
          cell: (b) =>
            b.challenge.bid_deadline && b.challenge.state === "published" ? (
              <span className="small">
                <Countdown until={b.challenge.bid_deadline} />
                <br />
                <Time at={b.challenge.bid_deadline} />
              </span>
            ) : (
              <StateTag tone={toneOf(b.challenge.state)} label={stateLabel(t, "challenge", b.challenge.state)} />
            ),
        },
      ]}
    />
  );
}
