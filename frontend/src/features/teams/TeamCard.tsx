import type { Team } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";

/** What a team shows of itself: tags with levels, abilities, people and means. */
export function TeamCard({ team }: { team: Team }) {
  const { t, language } = useLanguage();
  const means = [...team.equipment, ...team.pilot_lines];
  return (
    <div className="stack loose">
      <dl className="pairs card">
        <dt>{t.team.org}</dt>
        <dd>{[team.org.name, team.org.city].filter(Boolean).join(" · ")}</dd>
        <dt>{t.team.people}</dt>
        <dd>{t.team.headcount(team.staff.total, team.staff.phd, team.staff.senior)}</dd>
        <dt>{t.team.trl}</dt>
        <dd>
          {team.trl_min}–{team.trl_max}
        </dd>
        <dt>{t.team.capacity}</dt>
        <dd>{t.ui.of(String(team.ongoing), String(team.max_concurrent))}</dd>
        {team.summary && (
          <>
            <dt>{t.team.summary}</dt>
            <dd className="prose">{team.summary}</dd>
          </>
        )}
        {means.length > 0 && (
          <>
            <dt>{t.team.equipment}</dt>
            <dd>{means.join("；")}</dd>
          </>
        )}
      </dl>
      <Section title={t.team.tags}>
        <div className="row">
          {team.domains.map((x) => (
            <StateTag key={x.tag} tone="ink" label={`${named(x, language)} · ${t.team.level(x.level)}`} />
          ))}
        </div>
      </Section>
      <Section title={t.team.capabilities}>
        <div className="row">
          {team.capabilities.map((x) => (
            <StateTag key={x.tag} tone={x.verified ? "good" : "plain"} label={`${named(x, language)} · ${t.team.level(x.level)}${x.verified ? ` · ${t.team.verified}` : ""}`} />
          ))}
        </div>
      </Section>
    </div>
  );
}
