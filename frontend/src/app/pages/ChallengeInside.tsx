import { Link, useNavigate } from "@tanstack/react-router";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { api } from "../../client/setup";
import type { Challenge } from "../../client/views";
import { PanelCard } from "../../features/assignments/PanelCard";
import { BidList } from "../../features/bids/BidList";
import { Amend } from "../../features/open/Amend";
import { Diagnosis } from "../../features/open/Diagnosis";
import { Nda } from "../../features/open/Nda";
import { Questions } from "../../features/open/Questions";
import { Supplements } from "../../features/open/Supplements";
import { OwnerWords } from "../../features/reviews/OwnerWords";
import { TrailTable } from "../../features/trail/TrailTable";
import { useText } from "../../text/text";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { ChallengeInvitations } from "./ChallengeInvitations";
import { ChallengeConsortia, ChallengeMatches } from "./ChallengeMatches";
import { ChallengePartners } from "./ChallengePartners";

export type InsidePart = "questions" | "nda" | "diagnosis" | "matches" | "consortia" | "invitations" | "partners" | "bids" | "panel" | "owner" | "trail";

/** The parts of a challenge's page that only some may see. */
export default function ChallengeInside({ challenge: c, part }: { challenge: Challenge; part: InsidePart }) {
  const me = useMe();
  const go = useNavigate();
  switch (part) {
    case "questions":
      return (
        <div className="stack loose">
          <Questions challenge={c} signedIn={!!me} />
          <Supplements challenge={c.id} />
          {c.shows.includes("amendment.list") && <Amend challenge={c} />}
        </div>
      );
    case "nda":
      return <Nda challenge={c} />;
    case "diagnosis":
      return <Diagnosis challenge={c.id} onReposted={(id) => void go({ to: "/desk/challenges/$id/edit", params: { id } })} />;
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
        <div className="stack tight">
        <div className="row end">
          <ExportMenu save={exporter("/api/v1/challenges/{id}/bids", { path: { id } })} />
        </div>
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
        </div>
      )}
    </Loaded>
  );
}
