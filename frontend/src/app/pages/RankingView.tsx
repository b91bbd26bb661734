import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { asProblem } from "../../client/problem";
import { ComparePlaces } from "../../features/rankings/ComparePlaces";
import { CriteriaRadar } from "../../features/rankings/CriteriaRadar";
import { Firmness } from "../../features/rankings/Firmness";
import { PlaceList } from "../../features/rankings/PlaceList";
import { Sensitivity } from "../../features/rankings/Sensitivity";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { Time } from "../../ui/Time";

/** The order of the bids with everything that put them there. */
export function RankingView({ challenge }: { challenge: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/ranking", { params: { path: { id: challenge } } });
  if (query.error && [404, 409].includes(asProblem(query.error).status)) return <Empty title={t.ranking.none}>{t.ranking.noneHint}</Empty>;
  return (
    <Loaded query={query}>
      {(r) => (
        <div className="stack loose">
          {r.outdated && <p className="note warn">{t.ranking.outdated}</p>}
          <p className="muted small">
            {t.ranking.rule(r.weights.panel, r.weights.owner, r.weights.match, r.threshold, r.drop_from)}
            <br />
            {t.ranking.at} <Time at={r.computed_at} seconds /> · {t.ranking.formula} <span className="mono">{r.engine}</span> · {t.ranking.input} <span className="mono">{r.digest}</span>
          </p>
          <p className="row end">
            <ExportMenu save={exporter("/api/v1/challenges/{id}/ranking", { path: { id: challenge } })} />
          </p>
          <div className="two">
            <PlaceList ranking={r} />
            <div className="stack loose">
              {r.firmness && (
                <Section title={t.firm.title}>
                  <Firmness ranking={r} />
                </Section>
              )}
              <Section title={t.ranking.radar} side={t.ranking.radarHint}>
                <CriteriaRadar ranking={r} />
              </Section>
              {r.places.length > 1 && (
                <Section title={t.ranking.compare}>
                  <ComparePlaces challenge={challenge} ranking={r} />
                </Section>
              )}
              {r.sensitivity.length > 0 && (
                <Section title={t.ranking.sensitivity}>
                  <Sensitivity ranking={r} />
                </Section>
              )}
            </div>
          </div>
        </div>
      )}
    </Loaded>
  );
}
