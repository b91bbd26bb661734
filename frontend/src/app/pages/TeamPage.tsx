import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { api } from "../../client/setup";
import { TeamCard } from "../../features/teams/TeamCard";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { useId } from "./useId";

export default function TeamPage() {
  const t = useText();
  const id = useId();
  const me = useMe();
  const query = api.useQuery("get", "/api/v1/teams/{id}", { params: { path: { id } } });
  return (
    <Loaded query={query}>
      {(team) => (
        <div className="stack loose">
          <PageHead
            title={team.name}
            lead={team.org.name}
            side={
              me?.teams.some((x) => x.id === id) && (
                <Link to="/teams/$id/matches" params={{ id }} className="button main">
                  {t.team.matches}
                </Link>
              )
            }
          />
          <TeamCard team={team} />
        </div>
      )}
    </Loaded>
  );
}
