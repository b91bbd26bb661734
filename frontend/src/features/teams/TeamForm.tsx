import { useState } from "react";
import { useAct } from "../../client/act";
import { api, body, client, idempotent, ifMatch } from "../../client/setup";
import type { Team, TeamBody } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";
import { ListInput } from "../../ui/ListInput";

const empty: TeamBody = { name: "", summary: "", domains: [], capabilities: [], chains: [], disciplines: [], ipc: [], equipment: [], pilot_lines: [], trl_min: 3, trl_max: 6, max_concurrent: 2, ongoing: 0, staff: { total: 0, phd: 0, senior: 0, engineers: 0 } };

function bodyOf(x: Team): TeamBody {
  return {
    name: x.name, summary: x.summary, domains: x.domains.map(({ tag, level }) => ({ tag, level })), capabilities: x.capabilities.map(({ tag, level, verified }) => ({ tag, level, verified })), chains: x.chains.map((c) => c.tag),
    disciplines: x.disciplines, ipc: x.ipc, equipment: x.equipment, pilot_lines: x.pilot_lines, trl_min: x.trl_min, trl_max: x.trl_max, max_concurrent: x.max_concurrent, ongoing: x.ongoing, staff: x.staff, track: x.track, evidence_counts: x.evidence_counts,
  };
}

/** A team's card, written by its lead or its unit. */
export function TeamForm({ org, team, onClose }: { org?: string; team?: Team; onClose: () => void }) {
  const { t } = useLanguage();
  const [v, setV] = useState<TeamBody>(() => (team ? bodyOf(team) : empty));
  const set = (part: Partial<TeamBody>) => setV({ ...v, ...part });
  const staff = v.staff ?? empty.staff!;
  const save = useAct(
    async (_: void, key) =>
      team
        ? body(await client.PUT("/api/v1/teams/{id}", { params: { path: { id: team.id }, header: ifMatch(team) }, body: v }))
        : body(await client.POST("/api/v1/orgs/{id}/teams", { params: { path: { id: org! } }, body: v, headers: idempotent(key) })),
    onClose,
  );
  const error = useErrors(save.problem);
  const trls = Array.from({ length: 9 }, (_, i) => ({ value: String(i + 1), label: `TRL ${i + 1}` }));
  return (
    <FormDialog title={t.actions[team ? "team.edit" : "team.form"]!} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <TextInput label={t.register.name} required maxLength={80} value={v.name} onChange={(name) => set({ name })} error={error("name")} />
      <TextArea label={t.teams.summary} maxLength={3000} value={v.summary ?? ""} onChange={(summary) => set({ summary })} error={error("summary")} />
      <Levels kind="domain" label={t.teams.domains} value={v.domains} onChange={(domains) => set({ domains })} error={error("domains")} />
      <Levels kind="capability" label={t.teams.capabilities} value={v.capabilities ?? []} onChange={(list) => set({ capabilities: list.map((c) => ({ verified: false, ...c })) })} error={error("capabilities")} />
      <div className="form-grid">
        <Select label={t.teams.trlMin} value={String(v.trl_min)} onChange={(x) => set({ trl_min: Number(x) })} choices={trls} error={error("trl_min")} />
        <Select label={t.teams.trlMax} value={String(v.trl_max)} onChange={(x) => set({ trl_max: Number(x) })} choices={trls} error={error("trl_max")} />
        <NumberInput label={t.teams.maxConcurrent} value={v.max_concurrent} onChange={(n) => set({ max_concurrent: n ?? 1 })} error={error("max_concurrent")} />
        <NumberInput label={t.teams.ongoing} value={v.ongoing} onChange={(n) => set({ ongoing: n ?? 0 })} error={error("ongoing")} />
        {(["total", "phd", "senior", "engineers"] as const).map((key) => (
          <NumberInput key={key} label={t.teams[key]} value={staff[key]} onChange={(n) => set({ staff: { ...staff, [key]: n ?? 0 } })} error={error(`staff.${key}`)} />
        ))}
      </div>
      <ListInput label={t.teams.equipment} hint={t.register.comma} value={v.equipment ?? []} onChange={(equipment) => set({ equipment })} error={error("equipment")} />
      <ListInput label={t.teams.pilotLines} hint={t.register.comma} value={v.pilot_lines ?? []} onChange={(pilot_lines) => set({ pilot_lines })} error={error("pilot_lines")} />
      <ListInput label={t.teams.ipc} hint={t.register.comma} value={v.ipc ?? []} onChange={(ipc) => set({ ipc })} error={error("ipc")} />
      <ListInput label={t.teams.disciplines} hint={t.register.comma} value={v.disciplines ?? []} onChange={(disciplines) => set({ disciplines })} error={error("disciplines")} />
    </FormDialog>
  );
}

interface Level {
  tag: string;
  level: number;
  verified?: boolean;
}

/** Tags of a vocabulary, each with a level of 1 to 5. */
function Levels({ kind, label, value, onChange, error }: { kind: "domain" | "capability"; label: string; value: Level[]; onChange: (v: Level[]) => void; error?: string }) {
  const { t, language } = useLanguage();
  const query = api.useQuery("get", "/api/v1/vocabulary/{kind}", { params: { path: { kind } } }, { staleTime: 600_000 });
  const terms = query.data?.terms ?? [];
  const parents = new Set(terms.map((x) => x.parent));
  const name = (tag: string) => {
    const term = terms.find((x) => x.code === tag);
    return term ? named(term, language) : tag;
  };
  return (
    <fieldset className="stack tight">
      <legend>{label}</legend>
      {value.map((x, i) => (
        <div key={x.tag} className="row">
          <span style={{ flex: "1 1 10rem" }}>{name(x.tag)}</span>
          <select className="input narrow" aria-label={`${name(x.tag)} · ${t.register.level}`} value={x.level} onChange={(e) => onChange(value.map((y, n) => (n === i ? { ...y, level: Number(e.target.value) } : y)))}>
            {[1, 2, 3, 4, 5].map((n) => (
              <option key={n} value={n}>
                {t.team.level(n)}
              </option>
            ))}
          </select>
          <Button small look="quiet" aria-label={`${t.ui.remove} ${name(x.tag)}`} onClick={() => onChange(value.filter((_, n) => n !== i))}>
            ✕
          </Button>
        </div>
      ))}
      <Select label={`${t.add} · ${label}`} value="" onChange={(tag) => tag && onChange([...value, { tag, level: 3 }])} choices={terms.filter((x) => !parents.has(x.code) && !value.some((y) => y.tag === x.code)).map((x) => ({ value: x.code, label: named(x, language) }))} error={error} />
    </fieldset>
  );
}
