import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { useAutosave } from "../../client/autosave";
import { useMe } from "../../client/session";
import { body, client, idempotent, ifMatch } from "../../client/setup";
import type { Bid, BidContent, Challenge } from "../../client/views";
import { BidForm } from "../../features/bids/BidForm";
import { bidActs, bidReasons } from "../../features/bids/bidActs";
import { ConfirmText } from "../../features/bids/ConfirmText";
import { useMyBid } from "../../features/bids/useMyBid";
import { VersionList } from "../../features/bids/VersionList";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { Gates } from "../../features/matches/Gates";
import { EndorsementNote } from "../../features/bids/EndorsementNote";
import { asked } from "../../text/indicator";
import { useChallenge } from "../../features/challenges/useChallenge";
import { reasonText, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Countdown } from "../../ui/Countdown";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Loading } from "../../ui/Loading";
import { MissingList } from "../../ui/MissingList";
import { Select } from "../../ui/inputs";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { SaveNote } from "../shell/SaveNote";
import { useId } from "./useId";

export default function BidPage() {
  const id = useId();
  const challenge = useChallenge(id);
  return <Loaded query={challenge}>{(c) => <Mine challenge={c} />}</Loaded>;
}

function Mine({ challenge: c }: { challenge: Challenge }) {
  const { team } = useSearch({ strict: false }) as { team?: string };
  const mine = useMyBid(c, team);
  if (mine.none) return <Start challenge={c} />;
  if (mine.bid) return <Write key={mine.bid.id} challenge={c} bid={mine.bid} />;
  return mine.error ? <ErrorNote failure={mine.error} /> : <Loading />;
}

/** Which team bids; the first step, taken once. */
function Start({ challenge }: { challenge: Challenge }) {
  const t = useText();
  const me = useMe();
  const [team, setTeam] = useState(me?.teams[0]?.id ?? "");
  const start = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/bids", { params: { path: { id: challenge.id } }, body: { team }, headers: idempotent(key) }));
  return (
    <div className="stack">
      <PageHead title={t.actions["bid.draft"]!} lead={challenge.title} />
      <p className="note">{t.bid.sealedNote}</p>
      <form
        className="form card"
        onSubmit={(e) => {
          e.preventDefault();
          void start.run();
        }}
      >
        <Select label={t.bid.chooseTeam} value={team} onChange={setTeam} choices={(me?.teams ?? []).map((x) => ({ value: x.id, label: x.name }))} />
        <ErrorNote failure={start.problem} />
        <Button type="submit" look="seal" busy={start.pending} disabled={!team}>
          {t.bid.start}
        </Button>
      </form>
    </div>
  );
}

/** What the form holds: the content without the number of its version. */
function contentOf(bid: Bid): BidContent {
  return Object.fromEntries(Object.entries(bid.content).filter(([key]) => key !== "version"));
}

function Write({ challenge, bid }: { challenge: Challenge; bid: Bid }) {
  const nameOf = useTagNames();
  const t = useText();
  const go = useNavigate();
  const [content, setContent] = useState<BidContent>(() => contentOf(bid));
  const [now, setNow] = useState(bid); // the last answer to a save; a newer read wins
  const params = { path: { id: bid.id } };
  const current = bid.version > now.version ? bid : now;
  const { state, change, settle } = useAutosave<BidContent>(current, async (value, on) => {
    const saved = body(await client.PUT("/api/v1/bids/{id}/content", { params: { ...params, header: ifMatch(on) }, body: value }));
    setNow(saved);
    return saved;
  });
  const acts = useActs(
    bidActs(current, {
      before: settle,
      submitted: (receipt) => void go({ to: "/bids/$id/receipt", params: { id: receipt.bid } }),
    }),
  );
  const editable = current.actions.includes("bid.save");
  return (
    <div className="stack">
      <PageHead
        title={t.bid.title}
        lead={
          <Link to="/challenges/$id" params={{ id: challenge.id }}>
            {challenge.title}
          </Link>
        }
        side={challenge.bid_deadline && <Countdown until={challenge.bid_deadline} full />}
      />
      <ConfirmText
        bid={current}
        link={(words) => (
          <Link to="/challenges/$id" params={{ id: challenge.id }} search={{ tab: "questions" }}>
            {words}
          </Link>
        )}
      />
      <div className="row">
        <StateTag tone={toneOf(current.state)} label={stateLabel(t, "bid", current.state)} />
        <span className="muted small">{bid.team.name}</span>
        {current.draft.newest > 0 && <EndorsementNote draft={current.draft} />}
        {current.draft.sealed > 0 && (
          <Link to="/bids/$id/receipt" params={{ id: bid.id }}>
            {t.actions["bid.receipt"]}
          </Link>
        )}
      </div>
      {current.reason && <p className="note warn">{reasonText(t, current.reason)}</p>}
      {current.draft.sealed > 0 ? <p className="note warn">{current.draft.newest > current.draft.sealed ? `${t.bidding.replaceNote} ${t.bidding.sealedVersion(current.draft.sealed)}` : t.bidding.locked}</p> : <p className="note">{t.bid.sealedNote}</p>}
      <BidForm
        bid={current}
        content={content}
        disabled={!editable}
        indicators={challenge.indicators.map((indicator) => ({ indicator, asked: asked(indicator) }))}
        onChange={(next) => {
          setContent(next);
          change(next);
        }}
      />
      <MissingList title={t.bid.missing} missing={current.missing} />
      <MissingList title={t.bid.warnings} missing={current.warnings} />
      <Gates gates={current.gates} nameOf={nameOf} />
      <VersionList bid={bid.id} />
      <div className="sticky-bar">
        <SaveNote state={state} />
        <Actions actions={current.actions} acts={acts} reasons={bidReasons} looks={{ "bid.submit": "seal", "bid.withdraw": "danger", "bid.refuse": "danger" }} labelReason={t.reason} />
      </div>
    </div>
  );
}
