import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMe } from "../../client/session";
import { ChallengeAbout } from "../../features/challenges/ChallengeAbout";
import { ChallengeFacts } from "../../features/challenges/ChallengeFacts";
import { ChallengeHero } from "../../features/challenges/ChallengeHero";
import { useChallenge } from "../../features/challenges/useChallenge";
import { useText, withWords } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { Loading } from "../../ui/Loading";
import { Tabs } from "../../ui/Tabs";
import type { InsidePart } from "./ChallengeInside";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

// What only some may see is loaded only for them: the public page stays light.
const Follow = lazy(() => withWords(() => import("../../features/subscriptions/FollowButton")));
const Inside = lazy(() => withWords(() => import("./ChallengeInside")));

export default function ChallengeDetailPage() {
  const t = useText();
  const id = useId();
  const me = useMe();
  const { tab = "about" } = useSearch({ strict: false }) as { tab?: string };
  const go = useNavigate();
  const query = useChallenge(id);

  return (
    <div className="stack">
      <p className="small">
        <Link to="/">← {t.detail.back}</Link>
      </p>
      <Loaded query={query}>
        {(c) => {
          const may = (name: string) => c.actions.includes(name) || !!c.shows?.includes(name);
          const inside = (part: InsidePart, label: string) => ({
            key: part,
            label,
            body: () => (
              <Suspense fallback={<Loading />}>
                <Inside challenge={c} part={part} />
              </Suspense>
            ),
          });
          const tabs = [
            { key: "about", label: t.detail.tabs.about, body: () => <ChallengeAbout challenge={c} /> },
            ...(c.published_at ? [inside("questions", t.detail.questions)] : []),
            ...(c.confidentiality === "nda" && c.published_at && (c.state === "published" || may("nda.list")) ? [inside("nda", t.kinds.nda!)] : []),
            ...(may("challenge.diagnose") ? [inside("diagnosis", t.actions["challenge.diagnose"]!)] : []),
            ...(may("match.for_challenge") ? [inside("matches", t.detail.tabs.matches)] : []),
            ...(may("match.consortia") ? [inside("consortia", t.actions["match.consortia"]!)] : []),
            ...(may("invitation.list") ? [inside("invitations", t.actions["invitation.send"]!)] : []),
            ...(c.state === "published" && me?.teams.some((x) => x.lead) ? [inside("partners", t.actions["match.partners"]!)] : []),
            ...(may("bid.list") ? [inside("bids", t.detail.tabs.bids)] : []),
            ...(may("panel.show") ? [inside("panel", t.detail.tabs.panel)] : []),
            ...(may("satisfaction.show") || may("satisfaction.score") ? [inside("owner", t.detail.tabs.owner)] : []),
            ...(may("trail.show") ? [inside("trail", t.detail.tabs.trail)] : []),
          ];
          return (
            <>
              <ChallengeHero
                challenge={c}
                actions={
                  <div className="row">
                    {c.my_bids.length > 0 && (
                      <Link {...(me?.teams.length ? { to: "/challenges/$id/bid", params: { id } } : { to: "/bids/$id", params: { id: c.my_bids[0]! } })} className="button seal">
                        {t.detail.bid}
                      </Link>
                    )}
                    {c.my_bids.length === 0 && ((c.actions.includes("bid.draft") && !!me?.teams.length) || (!me && c.state === "published")) && (
                      <Link to="/challenges/$id/bid" params={{ id }} className="button seal">
                        {t.actions["bid.draft"]}
                      </Link>
                    )}
                    {me && c.published_at && (
                      <Suspense>
                        <Follow challenge={c.id} />
                      </Suspense>
                    )}
                    {c.actions.includes("challenge.edit") && (
                      <Link to="/desk/challenges/$id/edit" params={{ id }} className="button">
                        {t.actions["challenge.edit"]}
                      </Link>
                    )}
                    {may("award.show") && (
                      <Link to="/challenges/$id/award" params={{ id }} className="button">
                        {t.detail.tabs.award}
                      </Link>
                    )}
                    {may("bid.list") && c.opened_at && (
                      <Link to="/challenges/$id/compare" params={{ id }} className="button">
                        {t.compare.link}
                      </Link>
                    )}
                    {may("ranking.show") && (
                      <Link to="/challenges/$id/ranking" params={{ id }} className="button">
                        {t.detail.tabs.ranking}
                      </Link>
                    )}
                    {me?.roles.includes("officer") && (
                      <Link to="/officer/challenges/$id" params={{ id }} className="button">
                        {t.officer.title}
                      </Link>
                    )}
                  </div>
                }
              />
              <div className="detail-layout">
                {tabs.length > 1 ? (
                  <Tabs label={t.detail.tabsLabel} tabs={tabs} chosen={tab} onChoose={(key) => void go({ to: "/challenges/$id", params: { id }, search: { tab: key }, replace: true, resetScroll: false })} />
                ) : (
                  tabs[0]!.body()
                )}
                <aside>
                  <ChallengeFacts challenge={c} signedIn={!!me} />
                </aside>
              </div>
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
