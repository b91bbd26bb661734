import { useState } from "react";
import type { BidderConditions, Catalogue, ChallengeBody } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, InstantInput, MoneyInput, NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { linesOf } from "./draft";
import { IndicatorEditor } from "./IndicatorEditor";
import { MilestoneEditor } from "./MilestoneEditor";

interface Props {
  draft: ChallengeBody;
  catalogue?: Catalogue;
  onChange: (draft: ChallengeBody) => void;
}

const trls = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ value: String(n), label: `TRL ${n}` }));

/** The draft of a challenge, in the order of domain: what, how measured, for how much, until when. */
export function DraftForm({ draft: d, catalogue, onChange }: Props) {
  const { t, language } = useLanguage();
  const set = (part: Partial<ChallengeBody>) => onChange({ ...d, ...part });
  const choices = (key: string, values: string[]) => values.map((value) => ({ value, label: t.enums[key]?.[value] ?? value }));
  const leaves = (list: Catalogue["tags"] | undefined) => (list ?? []).map((x) => ({ value: x.code, label: named(x, language) }));
  const race = d.competition_mode === "horse_race";
  const ip = d.ip ?? { background: "", foreground: "", bidder_rights: "", license: "", revenue_share_pct: 0 };
  const funding = d.funding ?? { owner_fen: 0, province_fen: 0, city_fen: 0, other_fen: 0 };
  const conditions = d.conditions ?? { in_province_only: false, enterprise_only: false, min_partners: 0, text: [] };
  const setConditions = (part: Partial<BidderConditions>) => set({ conditions: { ...conditions, ...part } });
  const timeline = d.timeline ?? {};

  return (
    <div className="stack loose">
      <Section title={t.draft.basics}>
        <div className="form-grid card">
          <TextInput label={t.draft.name} hint={t.draft.nameHint} required wide maxLength={60} value={d.title ?? ""} onChange={(title) => set({ title })} />
          <Select label={t.detail.type} value={d.type ?? ""} onChange={(type) => set({ type })} choices={choices("type", ["tech_breakthrough", "result_conversion"])} />
          <Select label={t.detail.nature} value={d.nature ?? ""} onChange={(nature) => set({ nature })} choices={choices("nature", ["chokepoint", "common", "frontier", "product", "conversion"])} />
          <Select label={t.detail.chain} value={d.chain ?? ""} onChange={(chain) => set({ chain })} choices={leaves(catalogue?.chains)} />
          <TextInput label={t.detail.city} value={d.city ?? ""} onChange={(city) => set({ city })} />
          <TextArea label={t.detail.background} maxLength={2000} value={d.background ?? ""} onChange={(background) => set({ background })} />
          <TextArea label={t.detail.need} maxLength={3000} rows={6} value={d.need ?? ""} onChange={(need) => set({ need })} />
          <Select label={t.fields.trl_current!} value={String(d.trl_current ?? "")} onChange={(v) => set({ trl_current: Number(v) })} choices={trls} />
          <Select label={t.fields.trl_target!} value={String(d.trl_target ?? "")} onChange={(v) => set({ trl_target: Number(v) })} choices={trls} />
          <Select label={t.detail.confidentiality} value={d.confidentiality ?? ""} onChange={(confidentiality) => set({ confidentiality })} choices={choices("confidentiality", ["public", "summary", "nda"])} />
        </div>
        <Picker label={t.detail.tags} chosen={d.tags ?? []} choices={leaves(catalogue?.tags)} onChange={(tags) => set({ tags })} max={6} />
      </Section>

      <Section title={t.detail.indicators}>
        <IndicatorEditor indicators={d.indicators ?? []} onChange={(indicators) => set({ indicators })} />
      </Section>

      <Section title={t.detail.capabilities}>
        {(d.capabilities ?? []).map((k, i) => {
          const put = (part: Partial<typeof k>) => set({ capabilities: (d.capabilities ?? []).map((x, n) => (n === i ? { ...x, ...part } : x)) });
          return (
            <div key={i} className="form-grid card">
              <Select label={t.draft.capability} value={k.tag} onChange={(tag) => put({ tag })} choices={leaves(catalogue?.capabilities)} />
              <NumberInput label={t.draft.level} value={k.min_level} onChange={(v) => put({ min_level: v ?? 1 })} />
              <Check label={t.draft.must} checked={k.must} onChange={(must) => put({ must })} />
              <Button small look="quiet" onClick={() => set({ capabilities: (d.capabilities ?? []).filter((_, n) => n !== i) })}>
                {t.draft.remove}
              </Button>
            </div>
          );
        })}
        <div>
          <Button small onClick={() => set({ capabilities: [...(d.capabilities ?? []), { tag: "", must: true, min_level: 3 }] })}>
            {t.draft.addCapability}
          </Button>
        </div>
      </Section>

      <Section title={t.detail.money} side={t.draft.fundingSum}>
        <div className="form-grid card">
          <MoneyInput label={t.list.bounty} required fen={d.bounty_fen} onChange={(bounty_fen) => set({ bounty_fen })} />
          <MoneyInput label={t.detail.total} required fen={d.total_investment_fen} onChange={(total_investment_fen) => set({ total_investment_fen })} />
          {(["owner", "province", "city", "other"] as const).map((source) => (
            <MoneyInput key={source} label={t.enums.funding![source]!} fen={funding[`${source}_fen`]} onChange={(v) => set({ funding: { ...funding, [`${source}_fen`]: v ?? 0 } })} />
          ))}
          <p className="wide small muted">
            Σ <Money fen={funding.owner_fen + funding.province_fen + funding.city_fen + funding.other_fen} /> / <Money fen={d.total_investment_fen ?? 0} />
          </p>
        </div>
      </Section>

      <Section title={t.detail.milestones}>
        <div className="form-grid card">
          <NumberInput label={t.detail.term} value={d.term_months} onChange={(term_months) => set({ term_months })} unit={language === "zh" ? "个月" : "months"} />
          <Select label={t.detail.mode} value={d.competition_mode ?? ""} onChange={(competition_mode) => set({ competition_mode })} choices={choices("competition_mode", ["single", "horse_race"])} />
          {race && <NumberInput label={t.detail.lanes(3)} value={d.max_lanes} onChange={(max_lanes) => set({ max_lanes })} />}
          <Select label={t.detail.selection} value={d.selection_mode ?? ""} onChange={(selection_mode) => set({ selection_mode })} choices={choices("selection_mode", ["panel_plus_owner", "panel_reviewed", "owner_negotiated"])} />
        </div>
        <MilestoneEditor milestones={d.milestones ?? []} race={race} onChange={(milestones) => set({ milestones })} />
      </Section>

      <Section title={t.detail.ip}>
        <div className="form-grid card">
          <Select label={t.detail.foreground} value={ip.foreground} onChange={(foreground) => set({ ip: { ...ip, foreground } })} choices={choices("foreground", ["owner", "bidder", "joint", "bidder_license"])} />
          <TextInput label={t.detail.background_ip} value={ip.background} onChange={(background) => set({ ip: { ...ip, background } })} />
          <TextArea label={t.detail.rights} value={ip.bidder_rights} onChange={(bidder_rights) => set({ ip: { ...ip, bidder_rights } })} />
          <TextInput label={t.detail.license} value={ip.license} onChange={(license) => set({ ip: { ...ip, license } })} />
          <NumberInput label={t.detail.share} unit="%" value={ip.revenue_share_pct} onChange={(v) => set({ ip: { ...ip, revenue_share_pct: v ?? 0 } })} />
        </div>
      </Section>

      <Section title={t.detail.conditions} side={t.draft.line}>
        <div className="form-grid">
          <Check label={t.detail.inProvince} checked={conditions.in_province_only} onChange={(in_province_only) => setConditions({ in_province_only })} />
          <Check label={t.detail.enterprise} checked={conditions.enterprise_only} onChange={(enterprise_only) => setConditions({ enterprise_only })} />
          <NumberInput label={t.detail.minPartnersLabel} value={conditions.min_partners} onChange={(v) => setConditions({ min_partners: v ?? 0 })} />
        </div>
        <Lines label={t.detail.conditions} value={conditions.text} onChange={(text) => setConditions({ text })} />
        <Lines label={t.detail.deliverables} value={d.deliverables ?? []} onChange={(deliverables) => set({ deliverables })} />
      </Section>

      <Section title={t.detail.timeline}>
        <div className="form-grid card">
          <InstantInput label={t.detail.publishAt} value={timeline.publish_at} onChange={(publish_at) => set({ timeline: { ...timeline, publish_at } })} />
          <InstantInput label={t.detail.clarify} value={timeline.clarify_until} onChange={(clarify_until) => set({ timeline: { ...timeline, clarify_until } })} />
          <InstantInput label={t.detail.deadline} required value={timeline.bid_deadline} onChange={(bid_deadline) => set({ timeline: { ...timeline, bid_deadline } })} />
          <InstantInput label={t.detail.openAt} value={timeline.open_at} onChange={(open_at) => set({ timeline: { ...timeline, open_at } })} />
        </div>
      </Section>
    </div>
  );
}

/** A list written one item a line; what is typed stays as typed. */
function Lines({ label, value, onChange }: { label: string; value: string[]; onChange: (v: string[]) => void }) {
  const [text, setText] = useState(() => value.join("\n"));
  return (
    <TextArea
      label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(linesOf(next));
      }}
    />
  );
}

function Picker({ label, chosen, choices, onChange, max }: { label: string; chosen: string[]; choices: { value: string; label: string }[]; onChange: (v: string[]) => void; max: number }) {
  const { t } = useLanguage();
  const name = (code: string) => choices.find((c) => c.value === code)?.label ?? code;
  return (
    <div className="stack tight card">
      <div className="row">
        {chosen.map((code) => (
          <Button key={code} small aria-label={`${t.ui.remove} ${name(code)}`} onClick={() => onChange(chosen.filter((x) => x !== code))}>
            {name(code)} ✕
          </Button>
        ))}
      </div>
      {chosen.length < max && <Select label={label} value="" onChange={(v) => v && onChange([...chosen, v])} choices={choices.filter((c) => !chosen.includes(c.value))} />}
    </div>
  );
}
