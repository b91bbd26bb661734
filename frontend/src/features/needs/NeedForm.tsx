import type { ReactNode } from "react";
import type { Fault, NeedBody, Term } from "../../client/views";
import { faultText } from "../../text/problem";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, MoneyInput, NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";
import { LinesInput } from "../../ui/LinesInput";
import { Picker } from "../../ui/Picker";
import { Section } from "../../ui/Section";

interface Props {
  need: NeedBody;
  chains: Term[];
  domains: Term[];
  capabilities: Term[];
  /** What the server finds wrong, to stand beside its field. */
  faults: Fault[];
  /** The editor of indicators. */
  indicators: ReactNode;
  /** Tags offered from what is written, to be taken by a click. */
  offer?: ReactNode;
  onChange: (need: NeedBody) => void;
}

const trls = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => ({ value: String(n), label: `TRL ${n}` }));

/** The intake of a need, in the order somebody tells it: what, how measured, for how much, for whom. */
export function NeedForm({ need: n, chains, domains, capabilities, faults, indicators, offer, onChange }: Props) {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  const set = (part: Partial<NeedBody>) => onChange({ ...n, ...part });
  const words = (list: Term[]) => list.map((x) => ({ value: x.code, label: named(x, language) }));
  const fault = (path: string) => {
    const found = faults.find((f) => f.path === path);
    return found && { error: faultText(t, found) };
  };
  const ip = n.ip_terms ?? {};
  const conditions = n.bidder_conditions ?? {};
  const contact = n.contact ?? {};
  const setIP = (part: typeof ip) => set({ ip_terms: { ...ip, ...part } });
  const setConditions = (part: typeof conditions) => set({ bidder_conditions: { ...conditions, ...part } });
  const setContact = (part: typeof contact) => set({ contact: { ...contact, ...part } });
  const asked = n.capabilities ?? [];

  return (
    <div className="stack loose">
      <Section title={p.basics}>
        <div className="form-grid card">
          <TextInput label={t.fields.title!} hint={p.titleHint} required wide maxLength={60} value={n.title ?? ""} onChange={(title) => set({ title })} {...fault("title")} />
          <TextArea label={t.fields.problem!} hint={p.problemHint} required rows={5} maxLength={3000} value={n.problem ?? ""} onChange={(problem) => set({ problem })} {...fault("problem")} />
          <TextArea label={t.fields.present!} hint={p.presentHint} maxLength={499} value={n.present ?? ""} onChange={(present) => set({ present })} {...fault("present")} />
          <TextArea label={t.fields.background!} maxLength={1500} value={n.background ?? ""} onChange={(background) => set({ background })} {...fault("background")} />
          <Select label={p.chain} value={n.chain ?? ""} onChange={(chain) => set({ chain })} choices={words(chains)} empty={t.ui.none} {...fault("chain")} />
          <Select label={t.fields.trl_current!} value={String(n.trl_current || "")} onChange={(v) => set({ trl_current: Number(v) })} choices={trls} {...fault("trl_current")} />
          <Select label={t.fields.trl_target!} value={String(n.trl_target || "")} onChange={(v) => set({ trl_target: Number(v) })} choices={trls} {...fault("trl_target")} />
        </div>
        <Picker label={t.detail.tags} hint={t.draft.tagsHint} chosen={n.tags ?? []} choices={words(domains)} onChange={(tags) => set({ tags })} max={6} {...fault("tags")} />
        {offer}
      </Section>

      <Section title={t.detail.indicators}>{indicators}</Section>

      <Section title={t.detail.capabilities}>
        {asked.map((k, i) => {
          const put = (part: Partial<typeof k>) => set({ capabilities: asked.map((x, at) => (at === i ? { ...x, ...part } : x)) });
          return (
            <div key={i} className="form-grid card">
              <Select label={t.draft.capability} value={k.tag} onChange={(tag) => put({ tag })} choices={words(capabilities)} {...fault(`capabilities[${i}].tag`)} />
              <Select label={t.draft.level} value={String(k.min_level ?? "")} onChange={(v) => put({ min_level: Number(v) })} choices={[1, 2, 3, 4, 5].map((v) => ({ value: String(v), label: t.detail.minLevel(v) }))} />
              <Check label={t.draft.must} checked={k.must ?? false} onChange={(must) => put({ must })} />
              <Button small look="quiet" onClick={() => set({ capabilities: asked.filter((_, at) => at !== i) })}>
                {t.draft.remove}
              </Button>
            </div>
          );
        })}
        <div>
          <Button small onClick={() => set({ capabilities: [...asked, { tag: capabilities[0]?.code ?? "", must: false, min_level: 3 }] })} disabled={asked.length >= 10 || capabilities.length === 0}>
            {t.draft.addCapability}
          </Button>
        </div>
      </Section>

      <Section title={p.money}>
        <div className="form-grid card">
          <MoneyInput label={t.fields.total_fen!} fen={n.total_fen || undefined} onChange={(v) => set({ total_fen: v ?? 0 })} {...fault("total_fen")} />
          <MoneyInput label={t.fields.owner_fen!} fen={n.owner_fen || undefined} onChange={(v) => set({ owner_fen: v ?? 0 })} {...fault("owner_fen")} />
          <TextInput label={t.fields.money_proof!} hint={p.proofHint} wide maxLength={300} value={n.money_proof ?? ""} onChange={(money_proof) => set({ money_proof })} {...fault("money_proof")} />
          <NumberInput label={t.fields.term_months!} unit={t.draft.monthUnit} value={n.term_months || undefined} onChange={(v) => set({ term_months: v ?? 0 })} {...fault("term_months")} />
          <NumberInput label={t.fields.window_days!} hint={p.windowHint} value={n.window_days || undefined} onChange={(v) => set({ window_days: v ?? 0 })} {...fault("window_days")} />
        </div>
      </Section>

      <Section title={t.detail.ip}>
        <div className="form-grid card">
          <Select label={t.detail.foreground} value={ip.foreground ?? ""} onChange={(foreground) => setIP({ foreground })} choices={["owner", "bidder", "joint", "bidder_license"].map((value) => ({ value, label: t.enums.foreground![value]! }))} empty={t.ui.none} {...fault("ip_terms.foreground")} />
          <TextInput label={t.detail.background_ip} maxLength={200} value={ip.background ?? ""} onChange={(background) => setIP({ background })} {...fault("ip_terms.background")} />
          <TextArea label={t.detail.rights} rows={2} maxLength={500} value={ip.bidder_rights ?? ""} onChange={(bidder_rights) => setIP({ bidder_rights })} {...fault("ip_terms.bidder_rights")} />
          <TextInput label={t.detail.license} maxLength={300} value={ip.license ?? ""} onChange={(license) => setIP({ license })} {...fault("ip_terms.license")} />
          <NumberInput label={t.detail.share} unit="%" value={ip.revenue_share_pct || undefined} onChange={(v) => setIP({ revenue_share_pct: v ?? 0 })} {...fault("ip_terms.revenue_share_pct")} />
        </div>
      </Section>

      <Section title={t.detail.conditions} side={t.draft.line}>
        <div className="form-grid">
          <Check label={t.detail.inProvince} checked={conditions.in_province_only ?? false} onChange={(in_province_only) => setConditions({ in_province_only })} />
          <Check label={t.detail.enterprise} checked={conditions.enterprise_only ?? false} onChange={(enterprise_only) => setConditions({ enterprise_only })} />
          <NumberInput label={t.detail.minPartnersLabel} value={conditions.min_partners || undefined} onChange={(v) => setConditions({ min_partners: v ?? 0 })} {...fault("bidder_conditions.min_partners")} />
        </div>
        <LinesInput label={t.fields.bidder_conditions!} value={conditions.text ?? []} onChange={(text) => setConditions({ text })} {...fault("bidder_conditions.text")} />
      </Section>

      <Section title={t.detail.contact} side={p.contactHint}>
        <div className="form-grid card">
          <TextInput label={t.account.name} required maxLength={60} value={contact.name ?? ""} onChange={(name) => setContact({ name })} {...fault("contact.name")} />
          <TextInput label={t.detail.phone} maxLength={30} value={contact.phone ?? ""} onChange={(phone) => setContact({ phone })} {...fault("contact.phone")} />
          <TextInput label={t.fields.email!} type="email" maxLength={120} value={contact.email ?? ""} onChange={(email) => setContact({ email })} {...fault("contact.email")} />
        </div>
      </Section>

      <Section title={p.public}>
        <div className="form-grid card">
          <Check label={p.publish} checked={n.publish ?? false} onChange={(publish) => set({ publish })} />
          <TextArea label={t.fields.summary!} hint={p.summaryHint} rows={3} maxLength={500} value={n.summary ?? ""} onChange={(summary) => set({ summary })} {...fault("summary")} />
        </div>
      </Section>
    </div>
  );
}
