import type { Team } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** What a team shows of itself: tags with levels, abilities, and what proves them. */
export function TeamCard({ team }: { team: Team }) {
  const { t, language } = useLanguage();
  return (
    <div className="stack loose">
      <dl className="pairs card">
        <dt>{t.team.org}</dt>
        <dd>{team.org.name} · {team.city}</dd>
        <dt>{t.team.people}</dt>
        <dd>{t.team.headcount(team.headcount, team.phd, team.senior)}</dd>
        <dt>{t.team.trl}</dt>
        <dd>{team.trl_min}–{team.trl_max}</dd>
        <dt>{t.team.capacity}</dt>
        <dd>{t.ui.of(String(team.ongoing), String(team.max_concurrent))}</dd>
        {team.summary && (
          <>
            <dt>{t.team.summary}</dt>
            <dd className="prose">{team.summary}</dd>
          </>
        )}
      </dl>
      <Section title={t.team.tags}>
        <div className="row">
          {team.tags.map((x) => (
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
      <Section title={t.team.evidence}>
        <Table
          label={t.team.evidence}
          rows={team.evidence}
          id={(e) => e.id}
          columns={[
            { key: "kind", head: t.detail.type, cell: (e) => label(t.enums.evidence, e.kind) },
            { key: "title", head: t.draft.name, cell: (e) => e.title },
            { key: "year", head: t.trail.when, cell: (e) => e.year ?? t.ui.none },
            { key: "status", head: t.list.state, cell: (e) => <StateTag tone={e.verify_status === "verified" ? "good" : "plain"} label={label(t.states.evidence, e.verify_status)} /> },
          ]}
        />
      </Section>
      {team.equipment.length > 0 && (
        <Section title={t.team.equipment}>
          <p>{team.equipment.join("；")}</p>
        </Section>
      )}
    </div>
  );
}
