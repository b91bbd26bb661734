import { useState } from "react";
import { api } from "../../client/setup";
import type { Me } from "../../client/views";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { Consortia } from "../../features/matches/Consortia";
import { useMatchText } from "../../text/useMatchText";
import { Select } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { TeamLink } from "./ChallengeMatches";

/** With whom a team would hold every must of a challenge, for its lead. */
export function ChallengePartners({ challenge, teams }: { challenge: string; teams: Me["teams"] }) {
  const m = useMatchText();
  const nameOf = useTagNames();
  const [team, setTeam] = useState(teams[0]?.id ?? "");
  const [larger, setLarger] = useState(0);
  const query = api.useQuery("get", "/api/v1/teams/{id}/partners", { params: { path: { id: team }, query: { challenge, larger } } }, { enabled: !!team, placeholderData: (old) => old });
  return (
    <div className="stack">
      <p className="muted small">
        {m.consortia.partnersLead} {m.consortia.card}
      </p>
      {teams.length > 1 && (
        <div className="narrow">
          <Select label={m.consortia.asTeam} value={team} onChange={setTeam} choices={teams.map((x) => ({ value: x.id, label: x.name }))} />
        </div>
      )}
      <Loaded query={query}>{(found) => <Consortia found={found} nameOf={nameOf} larger={larger} onLarger={setLarger} link={(x) => <TeamLink team={x} />} />}</Loaded>
    </div>
  );
}
