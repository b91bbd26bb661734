import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import { BidList } from "../../features/bids/BidList";
import { MatchList } from "../../features/matches/MatchList";
import { useTeamMatches } from "../../features/matches/useMatches";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { useId } from "./useId";

export default function TeamMatchesPage() {
  const t = useText();
  const id = useId();
  const team = api.useQuery("get", "/api/v1/teams/{id}", { params: { path: { id } } });
  const matches = useTeamMatches(id);
  const bids = api.useQuery("get", "/api/v1/desk/bids", {});
  return (
    <div className="stack loose">
      <PageHead
        title={t.team.matches}
        lead={
          team.data && (
            <Link to="/teams/$id" params={{ id }}>
              {team.data.name}
            </Link>
          )
        }
      />
      {!!bids.data?.items.length && (
        <Section title={t.bid.mine}>
          <BidList
            label={t.bid.mine}
            bids={bids.data.items}
            link={(b) => (
              <Link to="/challenges/$id/bid" params={{ id: b.challenge.id }}>
                {b.challenge.name}
              </Link>
            )}
          />
        </Section>
      )}
      <Loaded query={matches}>
        {({ items }) => (
          <MatchList
            matches={items}
            id={(m) => m.challenge.id}
            link={(m) => (
              <Link to="/challenges/$id" params={{ id: m.challenge.id }}>
                {m.challenge.name}
              </Link>
            )}
            side={(m) => (
              <span className="small muted">
                {m.bounty_fen !== undefined && <Money fen={m.bounty_fen} />} {m.bid_deadline && <Countdown until={m.bid_deadline} />}
              </span>
            )}
          />
        )}
      </Loaded>
    </div>
  );
}
