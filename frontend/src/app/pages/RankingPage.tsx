import { Link } from "@tanstack/react-router";
import { useActs } from "../../client/act";
import { api } from "../../client/setup";
import { PublicityCard } from "../../features/awards/PublicityCard";
import { useChallenge } from "../../features/challenges/useChallenge";
import { ComparePlaces } from "../../features/rankings/ComparePlaces";
import { CriteriaRadar } from "../../features/rankings/CriteriaRadar";
import { PlaceList } from "../../features/rankings/PlaceList";
import { rankingActs } from "../../features/rankings/rankingActs";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { Time } from "../../ui/Time";
import { useId } from "./useId";

export default function RankingPage() {
  const t = useText();
  const id = useId();
  const challenge = useChallenge(id);
  const query = api.useQuery("get", "/api/v1/challenges/{id}/ranking", { params: { path: { id } } });
  const acts = useActs(rankingActs(id));
  const actions = challenge.data?.actions ?? [];
  return (
    <div className="stack loose">
      <PageHead
        title={t.ranking.title}
        lead={
          challenge.data && (
            <Link to="/challenges/$id" params={{ id }}>
              {challenge.data.title}
            </Link>
          )
        }
        side={<Actions actions={actions} acts={acts} />}
      />
      <PublicityCard challenge={id} actions={actions} />
      <Loaded query={query}>
        {(r) => (
          <>
            <p className="muted small">
              {t.ranking.at} <Time at={r.at} seconds /> · {t.ranking.formula} {r.formula} · {t.ranking.input} <span className="mono">{r.input_digest.slice(0, 16)}</span>
            </p>
            <div className="two">
              <PlaceList places={r.places} />
              <div className="stack loose">
                <Section title={t.ranking.radar}>
                  <CriteriaRadar places={r.places} />
                </Section>
                {r.places.length > 1 && (
                  <Section title={t.ranking.compare}>
                    <ComparePlaces challenge={id} places={r.places} />
                  </Section>
                )}
              </div>
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}
