import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import type { Match } from "../../client/views";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { CompareDialog } from "../../features/matches/CompareDialog";
import { Consortia } from "../../features/matches/Consortia";
import { MatchList } from "../../features/matches/MatchList";
import { few, most, useChallengeMatches } from "../../features/matches/useMatches";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { FormulaLink } from "./FormulaLink";

/** The teams that suit a challenge, for its owner and the office; two of them can be compared. */
export function ChallengeMatches({ id }: { id: string }) {
  const m = useMatchText();
  const nameOf = useTagNames();
  const [eligible, setEligible] = useState(false);
  const [limit, setLimit] = useState(few);
  const [picked, setPicked] = useState<Match[]>([]);
  const [comparing, setComparing] = useState(false);
  const query = useChallengeMatches(id, eligible, limit);
  return (
    <div className="stack">
      <div className="row spread">
        <Check label={m.onlyEligible} checked={eligible} onChange={setEligible} />
        <ExportMenu save={exporter("/api/v1/challenges/{id}/matches", { path: { id }, query: { limit: most, eligible } })} />
      </div>
      <Loaded query={query}>
        {(found) => (
          <MatchList
            found={found}
            nameOf={nameOf}
            none={eligible ? m.noneEligible : m.noneTeams}
            how={<FormulaLink />}
            busy={query.isFetching}
            onMore={() => setLimit(limit + few)}
            picked={picked}
            onPick={setPicked}
            id={(x) => x.team.id}
            name={(x) => x.team.name}
            link={(x) => (
              <Link to="/teams/$id" params={{ id: x.team.id }}>
                {x.team.name}
              </Link>
            )}
            side={(x) => (
              <span className="small muted">
                {x.team.org_name} · {x.team.city}
              </span>
            )}
          />
        )}
      </Loaded>
      {picked.length > 0 && (
        <div className="sticky-bar" role="status">
          <span>{m.picked(picked.map((x) => x.team.name))}</span>
          <span className="row">
            <Button look="main" disabled={picked.length < 2} onClick={() => setComparing(true)}>
              {m.compare}
            </Button>
            <Button look="quiet" onClick={() => setPicked([])}>
              {m.clear}
            </Button>
          </span>
        </div>
      )}
      {comparing && picked.length === 2 && <CompareDialog challenge={id} a={picked[0]!.team.id} b={picked[1]!.team.id} nameOf={nameOf} onClose={() => setComparing(false)} />}
    </div>
  );
}

/** The sets of teams that could do it together, for its owner and the office. */
export function ChallengeConsortia({ id }: { id: string }) {
  const m = useMatchText();
  const nameOf = useTagNames();
  const [larger, setLarger] = useState(0);
  const query = api.useQuery("get", "/api/v1/challenges/{id}/consortia", { params: { path: { id }, query: { larger } } }, { placeholderData: (old) => old });
  return (
    <div className="stack">
      <p className="muted small">{m.consortia.lead}</p>
      <Loaded query={query}>{(found) => <Consortia found={found} nameOf={nameOf} larger={larger} onLarger={setLarger} link={(team) => <TeamLink team={team} />} />}</Loaded>
    </div>
  );
}

export function TeamLink({ team }: { team: { id: string; name: string } }) {
  return (
    <Link to="/teams/$id" params={{ id: team.id }}>
      {team.name}
    </Link>
  );
}
