import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../client/act";
import { body, client, idempotent } from "../../client/setup";
import type { ExpertCard, Need } from "../../client/views";
import { faultText } from "../../text/problem";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { Check, TextInput } from "../../ui/inputs";

/** Names experts for the argument: found by name or unit, each with what he knows and how much he does. */
export function ArgueDialog({ need, onClose }: { need: Need; onClose: () => void }) {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<ExpertCard[]>([]);
  const found = useQuery({
    queryKey: ["expert.search", q],
    queryFn: async ({ signal }) => body(await client.GET("/api/v1/experts", { params: { query: { limit: 30, ...(q.trim() && { q: q.trim() }) } }, signal })),
  });
  const act = useAct((_: void, key) => client.POST("/api/v1/needs/{id}/experts", { params: { path: { id: need.id } }, body: { experts: chosen.map((e) => e.id) }, headers: idempotent(key) }), onClose);
  const faultOf = (i: number) => act.problem?.fields.find((f) => f.path.startsWith(`experts[${i}]`));
  const rows = (found.data?.experts ?? []).filter((e) => e.state === "active" && !chosen.some((c) => c.id === e.id)).slice(0, 12);
  return (
    <FormDialog title={t.actions["need.argue"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={chosen.length === 0}>
      <p className="muted small">{p.pickHint}</p>
      {chosen.length > 0 && (
        <ul className="plain-list stack tight" aria-label={p.chosen(chosen.length)}>
          {chosen.map((e, i) => (
            <li key={e.id}>
              <span className="row spread">
                <span>
                  {e.name} <span className="muted small">{e.unit}</span>
                </span>
                <Button small look="quiet" aria-label={`${t.ui.remove} ${e.name}`} onClick={() => setChosen(chosen.filter((x) => x.id !== e.id))}>
                  ✕
                </Button>
              </span>
              {faultOf(i) && <span className="bad-text small">{faultText(t, faultOf(i)!)}</span>}
            </li>
          ))}
        </ul>
      )}
      <TextInput label={p.pick} type="search" value={q} onChange={setQ} />
      <div className="stack tight">
        {rows.map((e) => (
          <Check
            key={e.id}
            checked={false}
            onChange={() => setChosen([...chosen, e])}
            label={
              <>
                {e.name} <span className="muted small">{[e.unit, label(t.enums.expert_type, e.kind), e.domains.slice(0, 2).map((d) => named(d, language)).join(" / ")].filter(Boolean).join(" · ")}</span>
              </>
            }
            hint={p.load(e.reviews_this_year, e.yearly_cap)}
          />
        ))}
        {found.data && rows.length === 0 && <p className="muted small">{p.noExperts}</p>}
      </div>
    </FormDialog>
  );
}
