import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../client/setup";
import { BidDeskList } from "../../features/bids/BidDeskList";
import { useBidDesk } from "../../features/bids/useBidDesk";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { MatchList } from "../../features/matches/MatchList";
import { useTeamMatches } from "../../features/matches/useMatches";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Check } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { Section } from "../../ui/Section";
import { useId } from "./useId";

/** A team's workbench: its bids, then the challenges that suit it and why. */
export default function TeamMatchesPage() {
  const t = useText();
  const id = useId();
  const [eligible, setEligible] = useState(false);
  const [shown, setShown] = useState(20);
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
      <Section title={t.team.matches} side={<Check label={t.match.onlyEligible} checked={eligible} onChange={setEligible} />}>
        <Loaded query={matches}>
          {({ items, total }) => (
            <>
              <MatchList
          nameOf={nameOf}
                matches={items}
                id={(m) => m.challenge.id}
                link={(m) => (
                  <Link to="/challenges/$id" params={{ id: m.challenge.id }}>
                    {m.challenge.title}
                  </Link>
                )}
                side={(m) => (
                  <span className="small muted row">
                    <span className="mono">{m.challenge.code}</span> <Money fen={m.challenge.bounty_fen} /> {m.challenge.bid_deadline && <Countdown until={m.challenge.bid_deadline} />}
                  </span>
                )}
              />
              {items.length > 0 && <Pager shown={items.length} more={items.length < total && shown < 100} busy={matches.isFetching} onMore={() => setShown(Math.min(100, shown + 20))} />}
            </>
          )}
        </Loaded>
      </Section>
    </div>
  );
}
