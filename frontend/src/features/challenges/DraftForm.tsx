import type { ReactNode } from "react";
import type { BidderConditions, ChallengeBody, Fault, Term } from "../../client/views";
import { faultText } from "../../text/problem";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, InstantInput, MoneyInput, NumberInput, Select, TextArea, TextInput, type Choice } from "../../ui/inputs";
import { LinesInput } from "../../ui/LinesInput";
import { Money } from "../../ui/Money";
import { Picker } from "../../ui/Picker";
import { Section } from "../../ui/Section";
import { IndicatorEditor } from "./IndicatorEditor";
import { MilestoneEditor } from "./MilestoneEditor";

interface Props {
  draft: ChallengeBody;
  chains: Term[];
  domains: Term[];
  capabilities: Term[];
  alliances: Choice[];
  /** What the server finds wrong, to stand beside its field. */
  faults: Fault[];
  /** Tags offered from what is written, to be taken by a click. */
  offer?: ReactNode;
  /** The upload of the proof of funds. */
  proof: ReactNode;
  onChange: (draft: ChallengeBody) => void;
}

const trls = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ value: String(n), label: `TRL ${n}` }));

/** The draft of a challenge, in the order of domain: what, how measured, for how much, until when. */
export function DraftForm({ draft: d, chains, domains, capabilities, alliances, faults, offer, proof, onChange }: Props) {
  const { t, language } = useLanguage();
  const set = (part: Partial<ChallengeBody>) => onChange({ ...d, ...part });
  const choices = (key: string, values: string[]) => values.map((value) => ({ value, label: t.enums[key]?.[value] ?? value }));
  const words = (list: Term[]) => list.map((x) => ({ value: x.code, label: named(x, language) }));
  const fault = (path: string) => {
    const found = faults.find((f) => f.path === path);
    return found && { error: faultText(t, found) };
  };
  const race = d.competition_mode === "horse_race";
  const ip = d.ip_terms ?? {};
  const setIP = (part: typeof ip) => set({ ip_terms: { ...ip, ...part } });
  const funding = d.funding ?? {};
  const conditions = d.bidder_conditions ?? {};
  const setConditions = (part: BidderConditions) => set({ bidder_conditions: { ...conditions, ...part } });
  const contact = d.contact ?? {};

  return (
    <div className="stack loose">
      <Section title={t.draft.basics}>
        <div className="form-grid card">
          <TextInput label={t.draft.name} hint={t.draft.nameHint} required wide maxLength={60} value={d.title ?? ""} onChange={(title) => set({ title })} {...fault("title")} />
          <Select label={t.detail.alliance} value={d.alliance_id ?? ""} onChange={(alliance_id) => set({ alliance_id })} choices={alliances} empty={t.ui.none} {...fault("alliance_id")} />
          <Select label={t.detail.type} required value={d.type ?? ""} onChange={(type) => set({ type })} choices={choices("type", ["tech_breakthrough", "result_conversion"])} {...fault("type")} />
          <Select label={t.detail.nature} required value={d.nature ?? ""} onChange={(nature) => set({ nature })} choices={choices("nature", ["chokepoint", "common", "frontier", "product", "conversion"])} {...fault("nature")} />
          <Select label={t.detail.chain} required value={d.chain ?? ""} onChange={(chain) => set({ chain })} choices={words(chains)} {...fault("chain")} />
          <TextInput label={t.detail.chainNode} value={d.chain_node ?? ""} onChange={(chain_node) => set({ chain_node })} {...fault("chain_node")} />
          <Select label={t.fields.trl_current!} required value={String(d.trl_current || "")} onChange={(v) => set({ trl_current: Number(v) })} choices={trls} {...fault("trl_current")} />
          <Select label={t.fields.trl_target!} required value={String(d.trl_target || "")} onChange={(v) => set({ trl_target: Number(v) })} choices={trls} {...fault("trl_target")} />
          <TextArea label={t.detail.background} required maxLength={2000} value={d.background ?? ""} onChange={(background) => set({ background })} {...fault("background")} />
          <TextArea label={t.detail.need} required maxLength={3000} rows={6} value={d.need ?? ""} onChange={(need) => set({ need })} {...fault("need")} />
        </div>
        <Picker label={t.detail.tags} hint={t.draft.tagsHint} chosen={d.tags ?? []} choices={words(domains)} onChange={(tags) => set({ tags })} max={6} {...fault("tags")} />
        {offer}
      </Section>

      <Section title={t.detail.confidentiality}>
        <div className="form-grid card">
          <Select label={t.detail.confidentiality} required value={d.confidentiality ?? ""} onChange={(confidentiality) => set({ confidentiality })} choices={choices("confidentiality", ["public", "summary", "nda"])} {...fault("confidentiality")} />
          <Check label={t.draft.anonymous} checked={d.anonymous_owner ?? false} onChange={(anonymous_owner) => set({ anonymous_owner })} />
          <TextArea label={t.detail.detail} hint={t.draft.detailHint} maxLength={10000} value={d.detail ?? ""} onChange={(detail) => set({ detail })} {...fault("detail")} />
          <p className="wide note warn">{t.draft.secret}</p>
        </div>
      </Section>

      <Section title={t.detail.indicators} side={t.draft.indicatorsHint}>
        <IndicatorEditor indicators={d.indicators ?? []} onChange={(indicators) => set({ indicators })} fault={fault} />
      </Section>

      <Section title={t.detail.capabilities}>
        {(d.capabilities ?? []).map((k, i) => {
          const put = (part: Partial<typeof k>) => set({ capabilities: (d.capabilities ?? []).map((x, n) => (n === i ? { ...x, ...part } : x)) });
          return (
            <div key={i} className="form-grid card">
              <Select label={t.draft.capability} value={k.tag} onChange={(tag) => put({ tag })} choices={words(capabilities)} {...fault(`capabilities[${i}].tag`)} />
              <Select label={t.draft.level} value={String(k.min_level ?? "")} onChange={(v) => put({ min_level: Number(v) })} choices={[1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t.detail.minLevel(n) }))} {...fault(`capabilities[${i}].min_level`)} />
              <Check label={t.draft.must} checked={k.must ?? false} onChange={(must) => put({ must })} />
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
          <MoneyInput label={t.list.bounty} required fen={d.bounty_fen} onChange={(bounty_fen) => set({ bounty_fen })} {...fault("bounty_fen")} />
          <MoneyInput label={t.detail.total} required fen={d.total_investment_fen} onChange={(total_investment_fen) => set({ total_investment_fen })} {...fault("total_investment_fen")} />
          {(["owner", "province", "city", "other"] as const).map((source) => (
            <MoneyInput key={source} label={t.enums.funding![source]!} fen={funding[`${source}_fen`]} onChange={(v) => set({ funding: { ...funding, [`${source}_fen`]: v ?? 0 } })} {...fault(`funding.${source}_fen`)} />
          ))}
          <p className="wide small muted">
            Σ <Money fen={(funding.owner_fen ?? 0) + (funding.province_fen ?? 0) + (funding.city_fen ?? 0) + (funding.other_fen ?? 0)} /> / <Money fen={d.total_investment_fen ?? 0} />
          </p>
          <Check label={t.draft.honor} checked={d.honor_only ?? false} onChange={(honor_only) => set({ honor_only })} />
          <div className="wide stack tight">
            {proof}
            {fault("fund_proof") && <span className="bad-text small">{fault("fund_proof")!.error}</span>}
          </div>
        </div>
      </Section>

      <Section title={t.detail.milestones}>
        <div className="form-grid card">
          <NumberInput label={t.detail.term} required value={d.term_months} onChange={(term_months) => set({ term_months })} unit={t.draft.monthUnit} {...fault("term_months")} />
          <Select label={t.detail.mode} required value={d.competition_mode ?? ""} onChange={(competition_mode) => set({ competition_mode })} choices={choices("competition_mode", ["single", "horse_race"])} {...fault("competition_mode")} />
          {race && <NumberInput label={t.fields.max_lanes!} value={d.max_lanes} onChange={(max_lanes) => set({ max_lanes })} {...fault("max_lanes")} />}
          <Select label={t.detail.selection} required value={d.selection_mode ?? ""} onChange={(selection_mode) => set({ selection_mode })} choices={choices("selection_mode", ["panel_plus_owner", "panel_reviewed", "owner_negotiated"])} {...fault("selection_mode")} />
        </div>
        <MilestoneEditor milestones={d.milestones ?? []} race={race} onChange={(milestones) => set({ milestones })} fault={fault} />
      </Section>

      <Section title={t.detail.deliverables} side={t.draft.line}>
        <LinesInput label={t.detail.deliverables} value={d.deliverables ?? []} onChange={(deliverables) => set({ deliverables })} {...fault("deliverables")} />
      </Section>

      <Section title={t.detail.ip}>
        <div className="form-grid card">
          <Select label={t.detail.foreground} required value={ip.foreground ?? ""} onChange={(foreground) => setIP({ foreground })} choices={choices("foreground", ["owner", "bidder", "joint", "bidder_license"])} {...fault("ip_terms.foreground")} />
          <TextInput label={t.detail.background_ip} value={ip.background ?? ""} onChange={(background) => setIP({ background })} {...fault("ip_terms.background")} />
          <TextArea label={t.detail.rights} value={ip.bidder_rights ?? ""} onChange={(bidder_rights) => setIP({ bidder_rights })} {...fault("ip_terms.bidder_rights")} />
          <TextInput label={t.detail.license} value={ip.license ?? ""} onChange={(license) => setIP({ license })} {...fault("ip_terms.license")} />
          <NumberInput label={t.detail.share} unit="%" value={ip.revenue_share_pct} onChange={(v) => setIP({ revenue_share_pct: v ?? 0 })} {...fault("ip_terms.revenue_share_pct")} />
        </div>
      </Section>

      <Section title={t.detail.conditions} side={t.draft.line}>
        <div className="form-grid">
          <Check label={t.detail.inProvince} checked={conditions.in_province_only ?? false} onChange={(in_province_only) => setConditions({ in_province_only })} />
          <Check label={t.detail.enterprise} checked={conditions.enterprise_only ?? false} onChange={(enterprise_only) => setConditions({ enterprise_only })} />
          <Check label={t.draft.commitment} checked={d.commitment_required ?? false} onChange={(commitment_required) => set({ commitment_required })} />
          <NumberInput label={t.detail.minPartnersLabel} value={conditions.min_partners} onChange={(v) => setConditions({ min_partners: v ?? 0 })} {...fault("bidder_conditions.min_partners")} />
        </div>
        <LinesInput label={t.detail.conditions} value={conditions.text ?? []} onChange={(text) => setConditions({ text })} {...fault("bidder_conditions.text")} />
        <TextArea label={t.detail.promise} hint={t.draft.promiseHint} maxLength={1000} value={d.procurement_promise ?? ""} onChange={(procurement_promise) => set({ procurement_promise })} {...fault("procurement_promise")} />
      </Section>

      <Section title={t.detail.timeline} side={t.draft.timelineHint}>
        <div className="form-grid card">
          <InstantInput label={t.detail.clarify} value={d.clarify_until} onChange={(clarify_until) => set({ clarify_until })} {...fault("clarify_until")} />
          <InstantInput label={t.detail.deadline} required value={d.bid_deadline} onChange={(bid_deadline) => set({ bid_deadline })} {...fault("bid_deadline")} />
          <InstantInput label={t.detail.openAt} value={d.open_at} onChange={(open_at) => set({ open_at })} {...fault("open_at")} />
        </div>
      </Section>

      <Section title={t.detail.contact} side={t.draft.contactHint}>
        <div className="form-grid card">
          <TextInput label={t.account.name} value={contact.name ?? ""} onChange={(name) => set({ contact: { ...contact, name } })} {...fault("contact.name")} />
          <TextInput label={t.detail.phone} value={contact.phone ?? ""} onChange={(phone) => set({ contact: { ...contact, phone } })} {...fault("contact.phone")} />
          <TextInput label={t.fields.email!} type="email" value={contact.email ?? ""} onChange={(email) => set({ contact: { ...contact, email } })} {...fault("contact.email")} />
        </div>
      </Section>
    </div>
  );
}

/** What stands beside a field that the server finds fault with. */
export type FaultOf = (path: string) => { error: string } | undefined;
