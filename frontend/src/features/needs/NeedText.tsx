import type { Need, Term } from "../../client/views";
import { asked } from "../../text/indicator";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** What the owner wrote, to be read. */
export function NeedText({ need, capabilities }: { need: Need; capabilities: Term[] }) {
  const { t, language } = useLanguage();
  const v = need.content;
  const nameOf = (code: string) => {
    const found = capabilities.find((c) => c.code === code);
    return found ? named(found, language) : code;
  };
  const conditions = [
    ...(v.bidder_conditions?.in_province_only ? [t.detail.inProvince] : []),
    ...(v.bidder_conditions?.enterprise_only ? [t.detail.enterprise] : []),
    ...(v.bidder_conditions?.min_partners ? [t.detail.minPartners(v.bidder_conditions.min_partners)] : []),
    ...(v.bidder_conditions?.text ?? []),
  ];
  const prose = [
    { title: t.fields.problem!, text: v.problem },
    { title: t.fields.present!, text: v.present },
    { title: t.fields.background!, text: v.background },
    { title: t.fields.summary!, text: v.summary },
  ].filter((x) => x.text);
  const ip = v.ip_terms ?? {};
  return (
    <div className="stack loose">
      {prose.map((x) => (
        <Section key={x.title} title={x.title}>
          <p className="prose">{x.text}</p>
        </Section>
      ))}
      {(v.indicators ?? []).length > 0 && (
        <Section title={t.detail.indicators}>
          <Table
            label={t.detail.indicators}
            rows={v.indicators ?? []}
            id={(x, i) => x.id || i}
            columns={[
              { key: "name", head: t.indicator.name, cell: (x, i) => `${i + 1}. ${x.name || t.ui.none}` },
              { key: "asked", head: t.indicator.asked, cell: (x) => <strong className="number">{asked(x)}</strong> },
              { key: "baseline", head: t.indicator.baseline, cell: (x) => x.baseline || <span className="warn-text">{t.ui.none}</span> },
              { key: "test", head: t.indicator.test, cell: (x) => <span className="small">{[x.test_method, x.tested_by].filter(Boolean).join(" · ") || <span className="warn-text">{t.ui.none}</span>}</span> },
            ]}
          />
        </Section>
      )}
      {(v.capabilities ?? []).length > 0 && (
        <Section title={t.detail.capabilities}>
          <div className="row">
            {(v.capabilities ?? []).map((k) => (
              <StateTag key={k.tag} tone={k.must ? "ink" : "plain"} label={`${nameOf(k.tag)} · ${k.must ? t.detail.must : t.detail.nice} · ${t.detail.minLevel(k.min_level)}`} />
            ))}
          </div>
        </Section>
      )}
      <Section title={t.needs.page.money}>
        <dl className="pairs">
          <dt>{t.fields.total_fen}</dt>
          <dd>{v.total_fen ? <Money fen={v.total_fen} /> : t.ui.none}</dd>
          <dt>{t.fields.owner_fen}</dt>
          <dd>{v.owner_fen ? <Money fen={v.owner_fen} /> : t.ui.none}</dd>
          <dt>{t.fields.money_proof}</dt>
          <dd>{v.money_proof || t.ui.none}</dd>
        </dl>
      </Section>
      <Section title={t.detail.ip}>
        <dl className="pairs">
          <dt>{t.detail.foreground}</dt>
          <dd>{ip.foreground ? label(t.enums.foreground, ip.foreground) : t.ui.none}</dd>
          <dt>{t.detail.background_ip}</dt>
          <dd>{ip.background || t.ui.none}</dd>
          <dt>{t.detail.rights}</dt>
          <dd>{[ip.bidder_rights, ip.license, ip.revenue_share_pct ? `${t.detail.share} ${ip.revenue_share_pct}%` : ""].filter(Boolean).join(" · ") || t.ui.none}</dd>
        </dl>
      </Section>
      {conditions.length > 0 && (
        <Section title={t.detail.conditions}>
          <ul className="dots">
            {conditions.map((c) => (
              <li key={c}>{c}</li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
