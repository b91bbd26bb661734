import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useMe } from "../../client/session";
import { api } from "../../client/setup";
import type { Team } from "../../client/views";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { TeamCard } from "../../features/teams/TeamCard";
import { TeamEvidence } from "../../features/teams/TeamEvidence";
import { TeamForm } from "../../features/teams/TeamForm";
import { TeamMembers } from "../../features/teams/TeamMembers";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { useId } from "./useId";

// Only for those who write evidence.
const Offer = lazy(() => import("./EvidenceTagOffer"));

export default function TeamPage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/teams/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(team) => <Show team={team} />}</Loaded>;
}

function Show({ team }: { team: Team }) {
  const t = useText();
  const me = useMe();
  const nameOf = useTagNames();
  const [editing, setEditing] = useState(false);
  return (
    <div className="stack loose">
      <PageHead
        title={team.name}
        lead={
          <Link to="/orgs/$id" params={{ id: team.org.id }}>
            {team.org.name}
          </Link>
        }
        side={
          <span className="row">
            {me?.teams.some((x) => x.id === team.id) && (
              <Link to="/teams/$id/matches" params={{ id: team.id }} className="button main">
                {t.team.matches}
              </Link>
            )}
            {team.actions.includes("team.edit") && <Button onClick={() => setEditing(true)}>{t.teams.editCard}</Button>}
          </span>
        }
      />
      <TeamCard team={team} />
      <TeamEvidence
        team={team}
        tags={{
          nameOf,
          offer: (text, chosen, add) => (
            <Suspense>
              <Offer text={text} chosen={chosen} onAdd={add} />
            </Suspense>
          ),
        }}
      />
      {me && <TeamMembers team={team} />}
      {editing && <TeamForm team={team} onClose={() => setEditing(false)} />}
    </div>
  );
}
