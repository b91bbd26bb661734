import { download } from "../../client/upload";
import type { Challenge } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { FileLink } from "../../ui/FileLink";
import { IndicatorTable } from "./IndicatorTable";

/** Everything a team must know of a challenge before it bids. */
export function ChallengeAbout({ challenge: c }: { challenge: Challenge }) {
  const { t, language } = useLanguage();
  const conditions = [
    ...(c.bidder_conditions.in_province_only ? [t.detail.inProvince] : []),
    ...(c.bidder_conditions.enterprise_only ? [t.detail.enterprise] : []),
    ...(c.bidder_conditions.min_partners > 0 ? [t.detail.minPartners(c.bidder_conditions.min_partners)] : []),
    ...(c.commitment_required ? [t.detail.commitment] : []),
    ...c.bidder_conditions.text,
  ];
  const r = c.panel_rules;
  const panel = [
    t.detail.panelSize(r.size, r.reserves),
    t.detail.perUnit(r.per_unit),
    ...(r.technology_share > 0 ? [t.detail.techShare(r.technology_share)] : []),
    ...(r.need_industry ? [t.detail.needIndustry] : []),
    ...(r.need_finance_or_law ? [t.detail.needFinance] : []),
    t.detail.publicityDays(c.publicity_days),
  ];
  return (
    <div className="stack loose">
      <Section title={t.detail.background}>
        <p className="prose">{c.background}</p>
      </Section>
      <Section title={t.detail.need}>
        <p className="prose">{c.need}</p>
      </Section>
      {(c.detail || c.detail_hidden) && (
        <Section title={t.detail.detail}>{c.detail ? <p className="prose">{c.detail}</p> : <p className="note">{t.detail.hidden}</p>}</Section>
      )}
      <Section title={t.detail.indicators} side={`${t.detail.weights} ${c.indicators.reduce((n, i) => n + i.weight, 0)}`}>
        <IndicatorTable indicators={c.indicators} />
      </Section>
      <Section title={t.detail.capabilities}>
        <div className="row">
          {c.capabilities.map((k) => (
            <StateTag key={k.tag} tone={k.must ? "ink" : "plain"} label={`${named(k, language)} · ${k.must ? t.detail.must : t.detail.nice} · ${t.detail.minLevel(k.min_level)}`} />
          ))}
        </div>
      </Section>
      <Section title={t.detail.milestones}>
        <Table
          label={t.detail.milestones}
          rows={c.milestones}
          id={(m) => m.seq}
          columns={[
            { key: "name", head: t.milestone.name, cell: (m) => <span>{`${m.seq}. ${m.name}`} {m.eliminates && <StateTag tone="warn" label={t.detail.eliminates} />}</span> },
            ...(c.milestones.some((m) => m.exit) ? [{ key: "exit", head: t.milestone.exit, cell: (m: (typeof c.milestones)[number]) => <span className="small">{m.exit || t.ui.none}</span> }] : []),
            { key: "due", head: t.milestone.due, cell: (m) => t.detail.month(m.due_month) },
            { key: "pay", head: t.milestone.pay, right: true, cell: (m) => <span className="number">{m.payment_pct}%</span> },
            { key: "sum", head: t.list.bounty, right: true, cell: (m) => <Money fen={Math.round((c.bounty_fen * m.payment_pct) / 100)} /> },
          ]}
        />
      </Section>
      {c.deliverables.length > 0 && (
        <Section title={t.detail.deliverables}>
          <ul className="dots">
            {c.deliverables.map((d) => (
              <li key={d}>{d}</li>
            ))}
          </ul>
        </Section>
      )}
      {conditions.length > 0 && (
        <Section title={t.detail.conditions}>
          <ul className="dots">
            {conditions.map((d) => (
              <li key={d}>{d}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t.detail.ip}>
        <dl className="pairs">
          <dt>{t.detail.foreground}</dt>
          <dd>{label(t.enums.foreground, c.ip_terms.foreground)}</dd>
          <dt>{t.detail.background_ip}</dt>
          <dd>{c.ip_terms.background || t.ui.none}</dd>
          {c.ip_terms.license && (
            <>
              <dt>{t.detail.license}</dt>
              <dd>{c.ip_terms.license}</dd>
            </>
          )}
          {c.ip_terms.bidder_rights && (
            <>
              <dt>{t.detail.rights}</dt>
              <dd>{c.ip_terms.bidder_rights}</dd>
            </>
          )}
          {c.ip_terms.revenue_share_pct > 0 && (
            <>
              <dt>{t.detail.share}</dt>
              <dd>{c.ip_terms.revenue_share_pct}%</dd>
            </>
          )}
        </dl>
      </Section>
      {c.procurement_promise && (
        <Section title={t.detail.promise}>
          <p className="prose">{c.procurement_promise}</p>
        </Section>
      )}
      {c.criteria.length > 0 && (
        <Section title={t.detail.criteria} side={t.detail.criteriaHint}>
          <Table
            label={t.detail.criteria}
            rows={c.criteria}
            id={(k) => k.code}
            columns={[
              { key: "name", head: t.detail.criteria, cell: (k) => named(k, language) },
              { key: "guidance", head: t.review.guidance, cell: (k) => <span className="small">{k.guidance || t.ui.none}</span> },
              { key: "weight", head: t.indicator.weight, right: true, cell: (k) => k.weight },
            ]}
          />
        </Section>
      )}
      <Section title={t.detail.weights3} side={t.detail.criteriaHint}>
        <dl className="pairs">
          <dt>{t.detail.wPanel}</dt>
          <dd>{c.weights.panel}%</dd>
          <dt>{t.detail.wOwner}</dt>
          <dd>{c.weights.owner}%</dd>
          <dt>{t.detail.wMatch}</dt>
          <dd>{c.weights.match}%</dd>
          <dt>{t.detail.panelRules}</dt>
          <dd>{panel.join(language === "zh" ? "；" : "; ")}</dd>
        </dl>
      </Section>
      {c.files.length > 0 && (
        <Section title={t.detail.files}>
          <ul className="plain-list">
            {c.files.map((f) => (
              <li key={f.id}>
                <FileLink file={f} get={download} /> {f.purpose === "fund_proof" && <StateTag label={t.draft.proof} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
