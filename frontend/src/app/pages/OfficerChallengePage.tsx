import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useActs } from "../../client/act";
import type { Challenge } from "../../client/views";
import { AssignmentBoard } from "../../features/assignments/AssignmentBoard";
import { PanelCard } from "../../features/assignments/PanelCard";
import { awardActs, awardReasons } from "../../features/awards/awardActs";
import { PublicityCard } from "../../features/awards/PublicityCard";
import { ShortlistDialog } from "../../features/awards/ShortlistDialog";
import { ChallengeAbout } from "../../features/challenges/ChallengeAbout";
import { challengeActs, challengeReasons } from "../../features/challenges/challengeActs";
import { ChallengeHero } from "../../features/challenges/ChallengeHero";
import { lifeOf } from "../../features/challenges/life";
import { LifeSteps } from "../../features/challenges/LifeSteps";
import { PublishDialog } from "../../features/challenges/PublishDialog";
import { useChallenge } from "../../features/challenges/useChallenge";
import { ObjectionList } from "../../features/objections/ObjectionList";
import { rankingActs } from "../../features/rankings/rankingActs";
import { OwnerWords } from "../../features/reviews/OwnerWords";
import { ReviewSheets } from "../../features/reviews/ReviewSheets";
import { TrailTable } from "../../features/trail/TrailTable";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { MissingList } from "../../ui/MissingList";
import { Tabs, type Tab } from "../../ui/Tabs";
import { Bids } from "./ChallengeInside";
import { ChallengeInvitations } from "./ChallengeInvitations";
import { ChallengeConsortia, ChallengeMatches } from "./ChallengeMatches";
import { useLifeFacts } from "./useLifeFacts";
import { RankingView } from "./RankingView";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

/** One challenge on the officer's desk: its life as a checklist, and what may be done now. */
export default function OfficerChallengePage() {
  const query = useChallenge(useId());
  return <Loaded query={query}>{(c) => <Desk challenge={c} />}</Loaded>;
}

function Desk({ challenge: c }: { challenge: Challenge }) {
  const t = useText();
  const go = useNavigate();
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const [dialog, setDialog] = useState<"publish" | "shortlist">();
  const facts = useLifeFacts(c);
  // Publishing and proposing have dialogs of their own.
  const direct = Object.entries(challengeActs(c)).filter(([name]) => name !== "challenge.publish");
  const acts = useActs({ ...rankingActs(c.id), ...awardActs(c), ...Object.fromEntries(direct) });
  const ranking = lifeOf(c.state, facts).some((s) => s.key === "rank" && s.state === "now");
  const may = (name: string) => c.shows.includes(name);
  const part = (key: string, label: string, body: Tab["body"]): Tab => ({ key, label, body });
  const reaching: Tab[] = [
    ...(may("match.for_challenge") ? [part("matches", t.detail.tabs.matches, () => <ChallengeMatches id={c.id} />)] : []),
    ...(may("match.consortia") ? [part("consortia", t.actions["match.consortia"]!, () => <ChallengeConsortia id={c.id} />)] : []),
    ...(may("invitation.list") ? [part("invitations", t.actions["invitation.send"]!, () => <ChallengeInvitations challenge={c} />)] : []),
  ];
  const tabs: Tab[] = [
    // While bids are awaited, whom the challenge reaches is what the desk looks at first.
    ...(c.state === "published" ? reaching : []),
    ...(may("bid.list") ? [part("bids", t.detail.tabs.bids, () => <Bids id={c.id} />)] : []),
    ...(may("panel.show") || c.actions.includes("panel.draw") ? [part("panel", t.detail.tabs.panel, () => <PanelCard challenge={c.id} actions={c.actions} />)] : []),
    ...(may("assignment.list") ? [part("assignments", t.office.tabs.assignments, () => <AssignmentBoard challenge={c.id} actions={c.actions} />)] : []),
    ...(may("assignment.list") ? [part("reviews", t.office.tabs.reviews, () => <ReviewSheets challenge={c.id} />)] : []),
    ...(may("satisfaction.show") || may("bid.list") ? [part("owner", t.owner.title, () => <OwnerWords challenge={c.id} />)] : []),
    ...(facts.ranked ? [part("ranking", t.detail.tabs.ranking, () => <RankingView challenge={c.id} />)] : []),
    ...(may("objection.list") ? [part("objections", t.office.tabs.objections, () => <ObjectionList challenge={c.id} />)] : []),
    ...(c.state === "published" ? [] : reaching),
    part("about", t.detail.tabs.about, () => <ChallengeAbout challenge={c} />),
    ...(may("trail.show") ? [part("trail", t.detail.tabs.trail, () => <TrailTable kind="challenge" id={c.id} />)] : []),
  ];
  const chosen = tabs.some((x) => x.key === tab) ? tab! : facts.objections ? "objections" : tabs[0]!.key;
  return (
    <div className="stack">
      <p className="small">
        <Link to="/officer">← {t.officer.title}</Link>
      </p>
      <ChallengeHero challenge={c} actions={null} />
      <div className="office-layout">
        <aside>
          <LifeSteps
            challenge={c}
            facts={facts}
            next={
              <div className="stack tight">
                {c.actions.includes("challenge.publish") && (
                  <div className="row">
                    <Button look="seal" onClick={() => setDialog("publish")}>
                      {t.actions["challenge.publish"]}
                    </Button>
                  </div>
                )}
                {c.actions.includes("award.shortlist") && facts.ranked && !facts.outdated && (
                  <div className="row">
                    <Button look="main" onClick={() => setDialog("shortlist")}>
                      {t.actions["award.shortlist"]}
                    </Button>
                  </div>
                )}
                <Actions
                  actions={c.actions}
                  acts={acts}
                  reasons={[...challengeReasons, ...awardReasons]}
                  looks={{ "award.decide": "seal", "challenge.withdraw": "danger", "challenge.fail": "danger", "challenge.return": "plain", "award.retract": "danger", "ranking.compute": ranking ? "main" : "plain" }}
                  labelReason={t.reason}
                />
              </div>
            }
          />
        </aside>
        <div className="stack">
          {c.recommendation ? (
            <section className="card stack tight" aria-label={t.units.recommendation}>
              <h2>{t.units.recommendation}</h2>
              <p>{c.recommendation}</p>
            </section>
          ) : (
            c.state === "submitted" && <p className="note">{t.units.unrecommended}</p>
          )}
          <MissingList title={t.draft.missing} missing={c.missing} />
          <PublicityCard challenge={c.id} shown={may("award.show")} />
          <Tabs label={t.detail.tabsLabel} tabs={tabs} chosen={chosen} onChoose={(key) => void go({ to: "/officer/challenges/$id", params: { id: c.id }, search: { tab: key }, replace: true, resetScroll: false })} />
        </div>
      </div>
      {dialog === "publish" && <PublishDialog challenge={c} onClose={() => setDialog(undefined)} />}
      {dialog === "shortlist" && <ShortlistDialog challenge={c.id} onClose={() => setDialog(undefined)} />}
    </div>
  );
}
