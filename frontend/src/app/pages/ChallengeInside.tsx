import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { api } from "../../client/setup";
import type { Challenge } from "../../client/views";
import { PanelCard } from "../../features/assignments/PanelCard";
import { BidList } from "../../features/bids/BidList";
import { OwnerWords } from "../../features/reviews/OwnerWords";
import { TrailTable } from "../../features/trail/TrailTable";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { ChallengeInvitations } from "./ChallengeInvitations";
import { ChallengeConsortia, ChallengeMatches } from "./ChallengeMatches";
import { ChallengePartners } from "./ChallengePartners";

export type InsidePart = "matches" | "consortia" | "invitations" | "partners" | "bids" | "panel" | "owner" | "trail";

/** The parts of a challenge's page that only some may see. */
export default function ChallengeInside({ challenge: c, part }: { challenge: Challenge; part: InsidePart }) {
  const me = useMe();
  switch (part) {
    case "matches":
      return <ChallengeMatches id={c.id} />;
    case "consortia":
      return <ChallengeConsortia id={c.id} />;
    case "invitations":
      return <ChallengeInvitations challenge={c} />;
    case "partners":
      return <ChallengePartners challenge={c.id} teams={me?.teams.filter((x) => x.lead) ?? []} />;
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
