import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useActs } from "../../client/act";
import type { Challenge } from "../../client/views";
import { PanelCard } from "../../features/assignments/PanelCard";
import { awardActs, awardReasons } from "../../features/awards/awardActs";
import { PublicityCard } from "../../features/awards/PublicityCard";
import { ChallengeAbout } from "../../features/challenges/ChallengeAbout";
import { challengeActs, challengeReasons } from "../../features/challenges/challengeActs";
import { ChallengeHero } from "../../features/challenges/ChallengeHero";
import { useChallenge } from "../../features/challenges/useChallenge";
import { rankingActs } from "../../features/rankings/rankingActs";
import { TrailTable } from "../../features/trail/TrailTable";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Loaded } from "../../ui/Loaded";
import { MissingList } from "../../ui/MissingList";
import { Tabs } from "../../ui/Tabs";
import { Bids } from "./ChallengeInside";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

/** One challenge on the officer's desk: what may be done now stands on top. */
export default function OfficerChallengePage() {
  const query = useChallenge(useId());
  return <Loaded query={query}>{(c) => <Desk challenge={c} />}</Loaded>;
}

function Desk({ challenge: c }: { challenge: Challenge }) {
  const t = useText();
  const [tab, setTab] = useState("bids");
  const acts = useActs({ ...challengeActs(c), ...rankingActs(c.id), ...awardActs(c.id) });
  return (
    <div className="stack">
      <p className="small">
        <Link to="/officer">← {t.officer.title}</Link>
      </p>
      <ChallengeHero
        challenge={c}
        actions={
          <div className="stack tight">
            <Actions
              actions={c.actions}
              acts={acts}
              reasons={[...challengeReasons, ...awardReasons]}
              looks={{ "challenge.publish": "seal", "award.decide": "seal", "challenge.withdraw": "danger", "challenge.fail": "danger", "challenge.return": "plain", "award.retract": "danger" }}
              labelReason={t.reason}
            />
            <Link to="/challenges/$id/ranking" params={{ id: c.id }}>
              {t.ranking.title}
            </Link>
          </div>
        }
      />
      <MissingList title={t.draft.missing} missing={c.missing} />
      <PublicityCard challenge={c.id} actions={c.actions} />
      <Tabs
        label={t.detail.tabsLabel}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          { key: "bids", label: t.detail.tabs.bids, body: () => <Bids id={c.id} /> },
          { key: "panel", label: t.detail.tabs.panel, body: () => <PanelCard challenge={c.id} actions={c.actions} /> },
          { key: "about", label: t.detail.tabs.about, body: () => <ChallengeAbout challenge={c} /> },
          { key: "trail", label: t.detail.tabs.trail, body: () => <TrailTable kind="challenge" id={c.id} /> },
        ]}
      />
    </div>
  );
}
