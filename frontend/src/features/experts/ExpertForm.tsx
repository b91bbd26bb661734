import { useState } from "react";
import { useAct } from "../../client/act";
import { api, body, client, idempotent, ifMatch } from "../../client/setup";
import type { Expert, ExpertBody } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check, NumberInput, Select, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";

const kinds = ["technology", "industry", "finance", "law", "management", "user"] as const;

function bodyOf(e: Expert): ExpertBody {
  return {
    name: e.name, kind: e.kind, unit: e.unit, rank: e.rank, discipline: e.discipline, domains: e.domains.map((d) => d.tag), yearly_cap: e.yearly_cap, other_count: e.other_count, away: e.away, promise: !!e.promised_at,
    conflicts: e.conflicts.map(({ team, org, reason, until }) => ({ reason, ...(team && { team }), ...(org && { org }), ...(until && { until }) })), ...(e.org_id && { org_id: e.org_id }),
  };
}

/** My entry in the pool of experts: what I judge, how often, and when not. */
export function ExpertForm({ expert: e, name }: { expert?: Expert; name: string }) {
  const { t, language } = useLanguage();
  const words = api.useQuery("get", "/api/v1/vocabulary/{kind}", { params: { path: { kind: "domain" } } }, { staleTime: 600_000 });
  const [v, setV] = useState<ExpertBody>(() => (e ? bodyOf(e) : { name, kind: "technology", unit: "", domains: [], yearly_cap: 10, other_count: 0, away: [], conflicts: [], promise: false }));
  const [saved, setSaved] = useState(false);
  const set = (part: Partial<ExpertBody>) => {
    setSaved(false);
    setV({ ...v, ...part });
  };
  const save = useAct(
    async (_: void, key) =>
      e
        ? body(await client.PUT("/api/v1/experts/{id}", { params: { path: { id: e.id }, header: ifMatch(e) }, body: v }))
        : body(await client.POST("/api/v1/experts", { body: v, headers: idempotent(key) })),
    () => setSaved(true),
  );
  const error = useErrors(save.problem);
  const terms = words.data?.terms ?? [];
  const parents = new Set(terms.map((x) => x.parent));
  const nameOf = (tag: string) => {
    const term = terms.find((x) => x.code === tag);
    return term ? named(term, language) : tag;
  };
  const away = v.away ?? [];
  const locked = !!e && !e.actions.includes("expert.edit");
  return (
    <form
      onSubmit={(ev) => {
        ev.preventDefault();
        void save.run();
      }}
    >
      <fieldset disabled={locked} className="stack loose">
        <div className="form-grid card">
          <TextInput label={t.account.name} required value={v.name} onChange={(x) => set({ name: x })} error={error("name")} />
          <Select label={t.register.kind} value={v.kind} onChange={(x) => set({ kind: x as ExpertBody["kind"] })} choices={kinds.map((value) => ({ value, label: t.enums.expert_type![value] ?? t.alliance.roles[value] ?? value }))} error={error("kind")} />
          <TextInput label={t.experts.unit} required value={v.unit} onChange={(unit) => set({ unit })} error={error("unit")} />
          <TextInput label={t.experts.rank} value={v.rank ?? ""} onChange={(rank) => set({ rank })} error={error("rank")} />
          <TextInput label={t.experts.discipline} value={v.discipline ?? ""} onChange={(discipline) => set({ discipline })} error={error("discipline")} />
          <NumberInput label={t.experts.cap} value={v.yearly_cap} onChange={(n) => set({ yearly_cap: n ?? 0 })} error={error("yearly_cap")} />
          <NumberInput label={t.experts.other} value={v.other_count} onChange={(n) => set({ other_count: n ?? 0 })} error={error("other_count")} />
        </div>
        <Section title={t.experts.domains}>
          <div className="card stack tight">
            <div className="row">
              {v.domains.map((d) => (
                <Button key={d} small aria-label={`${t.ui.remove} ${nameOf(d)}`} onClick={() => set({ domains: v.domains.filter((x) => x !== d) })}>
                  {nameOf(d)} ✕
                </Button>
              ))}
            </div>
            <Select label={t.add} value="" onChange={(d) => d && set({ domains: [...v.domains, d] })} choices={terms.filter((x) => !parents.has(x.code) && !v.domains.includes(x.code)).map((x) => ({ value: x.code, label: named(x, language) }))} error={error("domains")} />
          </div>
        </Section>
        <Section title={t.experts.away}>
          <div className="card stack tight">
            {away.map((a, i) => (
              <div key={i} className="form-grid">
                <TextInput label={t.experts.from} type="date" required value={a.from} onChange={(from) => set({ away: away.map((x, n) => (n === i ? { ...x, from } : x)) })} error={error(`away[${i}].from`)} />
                <TextInput label={t.experts.until} type="date" required value={a.until} onChange={(until) => set({ away: away.map((x, n) => (n === i ? { ...x, until } : x)) })} error={error(`away[${i}].until`)} />
                <div>
                  <Button small look="quiet" onClick={() => set({ away: away.filter((_, n) => n !== i) })}>
                    {t.ui.remove}
                  </Button>
                </div>
              </div>
            ))}
            <div>
              <Button small onClick={() => set({ away: [...away, { from: "", until: "" }] })}>
                {t.experts.addAway}
              </Button>
            </div>
          </div>
        </Section>
        {e && (
          <Section title={t.experts.conflicts}>
            {e.conflicts.length ? (
              <ul className="plain-list card">
                {e.conflicts.map((c, i) => (
                  <li key={i}>
                    {c.team_name || c.org_name} · {c.reason} {c.until && <span className="muted small">{c.until}</span>}
                  </li>
                ))}
              </ul>
            ) : (
              <p className="muted">{t.experts.noConflicts}</p>
            )}
          </Section>
        )}
        {e?.promised_at ? <p className="note good">{t.experts.promised}</p> : <Check label={t.experts.promise} checked={v.promise ?? false} onChange={(promise) => set({ promise })} />}
        <ErrorNote failure={save.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={save.pending}>
            {e ? t.save : t.experts.register}
          </Button>
          {saved && (
            <span className="muted small" role="status">
              {t.saved}
            </span>
          )}
        </div>
      </fieldset>
    </form>
  );
}
