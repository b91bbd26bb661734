import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { BidDeskList } from "../../features/bids/BidDeskList";
import { useBidDesk } from "../../features/bids/useBidDesk";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { ReceivedList } from "../../features/invitations/ReceivedList";
import { MatchList } from "../../features/matches/MatchList";
import { few, most, useTeamMatches } from "../../features/matches/useMatches";
import { MuteButton } from "../../features/subscriptions/MuteButton";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Countdown } from "../../ui/Countdown";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { Section } from "../../ui/Section";
import { FormulaLink } from "./FormulaLink";
import { useId } from "./useId";

/** A team's workbench: its bids, who invites it, then the challenges that suit it and why. */
export default function TeamMatchesPage() {
  const t = useText();
  const m = useMatchText();
  const go = useNavigate();
  const id = useId();
  const [eligible, setEligible] = useState(false);
  const [shown, setShown] = useState(few);
  const team = api.useQuery("get", "/api/v1/teams/{id}", { params: { path: { id } } });
  const nameOf = useTagNames();
  const matches = useTeamMatches(id, eligible, shown);
  const desk = useBidDesk();
  const bids = desk.items.filter((b) => b.team.id === id);
  return (
    <div className="stack loose">
      <PageHead
        title={team.data?.name ?? t.team.matches}
        lead={
          <Link to="/teams/$id" params={{ id }}>
            {t.team.about}
          </Link>
        }
      />
      <Section title={t.bid.mine}>
        {!desk.isPending && (
          <BidDeskList
            label={t.bid.mine}
            bids={bids}
            link={(b) => (
              <Link to="/challenges/$id/bid" params={{ id: b.challenge.id }} search={{ team: id }}>
                {b.challenge.title}
              </Link>
            )}
          />
        )}
        {desk.hasNextPage && <Pager shown={bids.length} more busy={desk.isFetchingNextPage} onMore={() => void desk.fetchNextPage()} />}
      </Section>
      <Section title={m.invitation.received} tools={<ExportMenu save={exporter("/api/v1/teams/{id}/invitations", { path: { id } })} />}>
        <ReceivedList
          team={id}
          link={(x) => (
            <Link to="/challenges/$id" params={{ id: x.challenge.id }}>
              {x.challenge.title}
            </Link>
          )}
          bid={(x) => (
            <Link to="/challenges/$id/bid" params={{ id: x.challenge.id }} search={{ team: id }} className="button small">
              {m.invitation.toBid}
            </Link>
          )}
          accepted={(x) => void go({ to: "/challenges/$id/bid", params: { id: x.challenge.id }, search: { team: id } })}
        />
      </Section>
      <Section
        title={t.team.matches}
        side={<Link to="/account/subscriptions">{m.subscriptions.manage}</Link>}
        tools={<ExportMenu save={exporter("/api/v1/teams/{id}/matches", { path: { id }, query: { limit: most, eligible } })} />}
      >
        <Check label={m.onlyEligible} checked={eligible} onChange={setEligible} />
        <Loaded query={matches}>
          {(found) => (
            <MatchList
              found={found}
              nameOf={nameOf}
              none={eligible ? m.noneEligible : m.noneChallenges}
              how={<FormulaLink />}
              busy={matches.isFetching}
              onMore={() => setShown(shown + few)}
              id={(x) => x.challenge.id}
              name={(x) => x.challenge.title}
              link={(x) => (
                <Link to="/challenges/$id" params={{ id: x.challenge.id }}>
                  {x.challenge.title}
                </Link>
              )}
              side={(x) => (
                <span className="small muted row">
                  <span className="mono">{x.challenge.code}</span> <Money fen={x.challenge.bounty_fen} /> {x.challenge.bid_deadline && <Countdown until={x.challenge.bid_deadline} />}
                  <MuteButton challenge={x.challenge.id} title={x.challenge.title} />
                </span>
              )}
            />
          )}
        </Loaded>
      </Section>
    </div>
  );
}
