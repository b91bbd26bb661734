import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import type { Challenge } from "../../client/views";
import { PanelCard } from "../../features/assignments/PanelCard";
import { BidList } from "../../features/bids/BidList";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { MatchList } from "../../features/matches/MatchList";
import { useChallengeMatches } from "../../features/matches/useMatches";
import { OwnerWords } from "../../features/reviews/OwnerWords";
import { TrailTable } from "../../features/trail/TrailTable";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";

/** The parts of a challenge's page that only some may see. */
export default function ChallengeInside({ challenge: c, part }: { challenge: Challenge; part: "matches" | "bids" | "panel" | "owner" | "trail" }) {
  switch (part) {
    case "matches":
      return <Matches id={c.id} />;
    case "bids":
      return <Bids id={c.id} />;
    case "panel":
      return <PanelCard challenge={c.id} actions={[]} />;
    case "owner":
      return <OwnerWords challenge={c.id} />;
    case "trail":
      return <TrailTable kind="challenge" id={c.id} />;
  }
}

function Matches({ id }: { id: string }) {
  const nameOf = useTagNames();
  const query = useChallengeMatches(id);
  return (
    <Loaded query={query}>
      {({ items }) => (
        <MatchList
          nameOf={nameOf}
          matches={items}
          id={(m) => m.team.id}
          link={(m) => (
            <Link to="/teams/$id" params={{ id: m.team.id }}>
              {m.team.name}
            </Link>
          )}
        />
      )}
    </Loaded>
  );
}

export function Bids({ id }: { id: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/bids", { params: { path: { id } } });
  return (
    <Loaded query={query}>
      {({ items, opened_at }) => (
        <BidList
          label={t.bid.list}
          bids={items}
          sealed={!opened_at}
          link={(b) => (
            <Link to="/bids/$id" params={{ id: b.id }}>
              {b.team.name}
            </Link>
          )}
        />
      )}
    </Loaded>
  );
}
