import { useState } from "react";
import { useAct } from "../../client/act";
import { api, body, client, idempotent, ifMatch } from "../../client/setup";
import type { Alliance, AllianceBody, SeatBody } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";

const empty: AllianceBody = { name: "", level: "city", tier: "general", chain: "", market_goal: "", benefit_sharing: "", signed_on: "", valid_until: "" };

/** Register an alliance that a firm leads, or change it. */
export function AllianceForm({ org, alliance: a, onClose }: { org?: string; alliance?: Alliance; onClose: () => void }) {
  const { t, language } = useLanguage();
  const chains = api.useQuery("get", "/api/v1/vocabulary/{kind}", { params: { path: { kind: "chain" } } }, { staleTime: 600_000 });
  const [v, setV] = useState<AllianceBody>(() => (a ? { name: a.name, level: a.level, tier: a.tier, chain: a.chain, market_goal: a.market_goal, benefit_sharing: a.benefit_sharing, signed_on: a.signed_on, valid_until: a.valid_until } : empty));
  const [members, setMembers] = useState<SeatBody[]>([{ org: "", role: "academic" }]);
  const set = (part: Partial<AllianceBody>) => setV({ ...v, ...part });
  const save = useAct(
    async (_: void, key) =>
      a
        ? body(await client.PUT("/api/v1/alliances/{id}", { params: { path: { id: a.id }, header: ifMatch(a) }, body: v }))
        : body(await client.POST("/api/v1/orgs/{id}/alliances", { params: { path: { id: org! } }, body: { ...v, members }, headers: idempotent(key) })),
    onClose,
  );
  const error = useErrors(save.problem);
  const choices = (table: Record<string, string>) => Object.entries(table).map(([value, label]) => ({ value, label }));
  return (
    <FormDialog title={t.actions[a ? "alliance.edit" : "alliance.register"]!} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <TextInput label={t.register.name} required maxLength={100} value={v.name} onChange={(name) => set({ name })} error={error("name")} />
      <Select label={t.alliance.level} value={v.level} onChange={(x) => set({ level: x as AllianceBody["level"] })} choices={choices(t.alliance.levels)} error={error("level")} />
      <Select label={t.alliance.tier} value={v.tier} onChange={(x) => set({ tier: x as AllianceBody["tier"] })} choices={choices(t.alliance.tiers)} error={error("tier")} />
      <Select label={t.detail.chain} required value={v.chain} onChange={(chain) => set({ chain })} choices={(chains.data?.terms ?? []).map((x) => ({ value: x.code, label: named(x, language) }))} error={error("chain")} />
      <TextArea label={t.alliance.goal} required maxLength={2000} value={v.market_goal} onChange={(market_goal) => set({ market_goal })} error={error("market_goal")} />
      <TextArea label={t.alliance.benefit} required maxLength={2000} value={v.benefit_sharing} onChange={(benefit_sharing) => set({ benefit_sharing })} error={error("benefit_sharing")} />
      <TextInput label={t.alliance.signed} type="date" required value={v.signed_on} onChange={(signed_on) => set({ signed_on })} error={error("signed_on")} />
      <TextInput label={t.alliance.until} type="date" value={v.valid_until ?? ""} onChange={(valid_until) => set({ valid_until })} error={error("valid_until")} />
      {!a && (
        <fieldset className="stack tight">
          <legend>{t.alliance.members}</legend>
          <p className="muted small">{t.alliance.needAcademic}</p>
          {members.map((m, i) => (
            <SeatFields key={i} seat={m} onChange={(next) => setMembers(members.map((x, n) => (n === i ? next : x)))} error={error(`members[${i}].org`)} />
          ))}
          <div>
            <Button small onClick={() => setMembers([...members, { org: "", role: "enterprise" }])}>
              {t.alliance.addMember}
            </Button>
          </div>
        </fieldset>
      )}
    </FormDialog>
  );
}

export function SeatFields({ seat: m, onChange, error }: { seat: SeatBody; onChange: (seat: SeatBody) => void; error?: string }) {
  const { t } = useLanguage();
  return (
    <div className="form-grid">
      <TextInput label={t.alliance.memberOrg} required value={m.org} onChange={(org) => onChange({ ...m, org: org.trim() })} error={error} />
      <Select label={t.alliance.role} value={m.role} onChange={(role) => onChange({ ...m, role: role as SeatBody["role"] })} choices={Object.entries(t.alliance.roles).map(([value, label]) => ({ value, label }))} />
      <NumberInput label={t.alliance.share} value={m.share_bp === undefined ? undefined : m.share_bp / 100} onChange={(v) => onChange({ ...m, share_bp: v === undefined ? undefined : Math.round(v * 100) })} />
    </div>
  );
}
