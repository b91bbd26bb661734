import { Link } from "@tanstack/react-router";
import { useActs } from "../../client/act";
import { api } from "../../client/setup";
import type { Bid } from "../../client/views";
import { BidView } from "../../features/bids/BidView";
import { bidActs, bidReasons } from "../../features/bids/bidActs";
import { CheckForm } from "../../features/bids/CheckForm";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { Gates } from "../../features/matches/Gates";
import { EndorsementNote } from "../../features/bids/EndorsementNote";
import { asked } from "../../text/indicator";
import { useChallenge } from "../../features/challenges/useChallenge";
import { reasonText, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { useId } from "./useId";

/** A bid for those who read it: the institution before sealing, owner and officer after opening. */
export default function BidShowPage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/bids/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(bid) => <Show bid={bid} />}</Loaded>;
}

function Show({ bid }: { bid: Bid }) {
  const nameOf = useTagNames();
  const t = useText();
  const challenge = useChallenge(bid.challenge.id);
  const acts = useActs(bidActs(bid));
  return (
    <div className="stack loose">
      <PageHead
        title={bid.team.name}
        lead={
          <Link to="/challenges/$id" params={{ id: bid.challenge.id }}>
            {bid.challenge.title}
          </Link>
        }
        side={<StateTag tone={toneOf(bid.state)} label={stateLabel(t, "bid", bid.state)} />}
      />
      <div className="row">
        {bid.draft.newest > 0 && <EndorsementNote draft={bid.draft} />}
        {bid.actions.includes("bid.save") && (
          <Link to="/challenges/$id/bid" params={{ id: bid.challenge.id }} className="button small">
            {t.actions["bid.save"]}
          </Link>
        )}
        {bid.draft.sealed > 0 && (
          <Link to="/bids/$id/receipt" params={{ id: bid.id }}>
            {t.actions["bid.receipt"]}
          </Link>
        )}
      </div>
      {bid.reason && <p className="note warn">{reasonText(t, bid.reason)}</p>}
      {bid.actions.includes("bid.endorse") && (
        <div className="note">
          <p>{t.bidding.readFirst}</p>
          <p>
            {t.bidding.digestNow} <span className="mono break">{bid.digest}</span>
          </p>
        </div>
      )}
      <Gates gates={bid.gates} nameOf={nameOf} />
      <Actions actions={bid.actions} acts={acts} reasons={bidReasons} looks={{ "bid.refuse": "danger" }} labelReason={t.reason} />
      <CheckForm key={`${bid.id}-${bid.check.done}`} bid={bid} />
      <Loaded query={challenge}>{(c) => <BidView bid={bid} indicators={c.indicators.map((indicator) => ({ indicator, asked: asked(indicator) }))} />}</Loaded>
    </div>
  );
}
