import { useState, type ReactNode } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { EvidenceBody, Team, TeamEvidence as Evidence } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** Tags offered for a text, to be taken by a click; and the name of one. */
export interface EvidenceTags {
  nameOf: (code: string) => string;
  offer: (text: string, chosen: string[], add: (code: string) => void) => ReactNode;
}

type Open = { form: "add" } | { form: "edit" | "verify"; evidence: Evidence };

/** What proves a team's abilities; added by the team, found true or not by the operator. */
export function TeamEvidence({ team, tags }: { team: Team; tags: EvidenceTags }) {
  const t = useText();
  const [open, setOpen] = useState<Open>();
  const drop = useAct((evidence: string) => client.DELETE("/api/v1/teams/{id}/evidence/{evidence}", { params: { path: { id: team.id, evidence } } }));
  const may = (name: string) => team.actions.includes(name);
  const acts = may("team.edit_evidence") || may("team.drop_evidence") || may("team.verify_evidence");
  return (
    <Section title={t.team.evidence} side={String(team.evidence.length)}>
      <Table
        label={t.team.evidence}
        rows={team.evidence}
        id={(e) => e.id}
        empty={<Empty title={t.teams.noEvidence} />}
        columns={[
          { key: "kind", head: t.register.kind, cell: (e) => label(t.enums.evidence, e.kind) },
          {
            key: "title",
            head: t.register.name,
            cell: (e) => (
              <>
                {e.title}
                {e.number && <span className="muted small mono"> {e.number}</span>}
              </>
            ),
          },
          { key: "year", head: t.teams.year, right: true, cell: (e) => e.year || t.ui.none },
          { key: "state", head: t.list.state, cell: (e) => <StateTag tone={e.verify_state === "verified" ? "good" : e.verify_state === "rejected" ? "bad" : "plain"} label={label(t.states.evidence, e.verify_state)} /> },
          ...(acts
            ? [
                {
                  key: "do",
                  head: t.ui.actions,
                  bare: true,
                  cell: (e: Evidence) => (
                    <span className="row">
                      {may("team.edit_evidence") && (
                        <Button small look="quiet" onClick={() => setOpen({ form: "edit", evidence: e })}>
                          {t.edit}
                        </Button>
                      )}
                      {may("team.drop_evidence") && (
                        <Button small look="quiet" busy={drop.pending} onClick={() => void drop.run(e.id)}>
                          {t.ui.remove}
                        </Button>
                      )}
                      {may("team.verify_evidence") && (
                        <Button small onClick={() => setOpen({ form: "verify", evidence: e })}>
                          {t.actions["team.verify_evidence"]}
                        </Button>
                      )}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      <ErrorNote failure={drop.problem} />
      {may("team.add_evidence") && (
        <div>
          <Button small onClick={() => setOpen({ form: "add" })}>
            {t.teams.addEvidence}
          </Button>
        </div>
      )}
      {open?.form === "add" && <EvidenceForm team={team} tags={tags} onClose={() => setOpen(undefined)} />}
      {open?.form === "edit" && <EvidenceForm team={team} tags={tags} evidence={open.evidence} onClose={() => setOpen(undefined)} />}
      {open?.form === "verify" && <Verify team={team} evidence={open.evidence} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

function EvidenceForm({ team, tags, evidence: e, onClose }: { team: Team; tags: EvidenceTags; evidence?: Evidence; onClose: () => void }) {
  const t = useText();
  const [v, setV] = useState<EvidenceBody>(() =>
    e ? { kind: e.kind as EvidenceBody["kind"], title: e.title, number: e.number, year: e.year, role: e.role, abstract: e.abstract, tags: e.tags, ...(e.document_id && { document_id: e.document_id }) } : { kind: "paper", title: "", number: "", year: 2025, role: "", abstract: "" },
  );
  const set = (part: Partial<EvidenceBody>) => setV({ ...v, ...part });
  const chosen = v.tags ?? [];
  const save = useAct(async (_: void, key) => {
    if (e) await client.PUT("/api/v1/teams/{id}/evidence/{evidence}", { params: { path: { id: team.id, evidence: e.id }, header: { "If-Match": `"${team.version}"` } }, body: v });
    else await client.POST("/api/v1/teams/{id}/evidence", { params: { path: { id: team.id } }, body: v, headers: idempotent(key) });
  }, onClose);
  const error = useErrors(save.problem);
  return (
    <FormDialog title={e ? t.actions["team.edit_evidence"]! : t.teams.addEvidence} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <Select label={t.register.kind} value={v.kind} onChange={(kind) => set({ kind: kind as EvidenceBody["kind"] })} choices={Object.entries(t.enums.evidence!).map(([value, name]) => ({ value, label: name }))} error={error("kind")} />
      <TextInput label={t.register.name} required maxLength={200} value={v.title} onChange={(title) => set({ title })} error={error("title")} />
      <TextInput label={t.teams.number} maxLength={80} value={v.number ?? ""} onChange={(number) => set({ number })} error={error("number")} />
      <NumberInput label={t.teams.year} required value={v.year} onChange={(n) => set({ year: n ?? 0 })} error={error("year")} />
      <TextInput label={t.teams.role} maxLength={40} value={v.role ?? ""} onChange={(role) => set({ role })} error={error("role")} />
      <TextArea label={t.teams.abstract} maxLength={3000} value={v.abstract ?? ""} onChange={(abstract) => set({ abstract })} error={error("abstract")} />
      {chosen.length > 0 && (
        <div className="row" role="group" aria-label={t.team.tags}>
          {chosen.map((code) => (
            <Button key={code} small aria-label={`${t.ui.remove} ${tags.nameOf(code)}`} onClick={() => set({ tags: chosen.filter((x) => x !== code) })}>
              {tags.nameOf(code)} ✕
            </Button>
          ))}
        </div>
      )}
      {tags.offer([v.title, v.abstract].filter(Boolean).join("\n"), chosen, (code) => set({ tags: [...chosen, code] }))}
    </FormDialog>
  );
}

function Verify({ team, evidence: e, onClose }: { team: Team; evidence: Evidence; onClose: () => void }) {
  const t = useText();
  const [finding, setFinding] = useState<"pending" | "verified" | "rejected">("verified");
  const [reason, setReason] = useState("");
  const verify = useAct((_: void, key) => client.POST("/api/v1/teams/{id}/evidence/{evidence}/verify", { params: { path: { id: team.id, evidence: e.id } }, body: { finding, reason }, headers: idempotent(key) }), onClose);
  const error = useErrors(verify.problem);
  return (
    <FormDialog title={e.title} onClose={onClose} onSubmit={() => void verify.run()} busy={verify.pending} failure={verify.problem} disabled={finding === "rejected" && !reason.trim()}>
      <Select label={t.teams.finding} value={finding} onChange={(v) => setFinding(v as typeof finding)} choices={["verified", "pending", "rejected"].map((value) => ({ value, label: label(t.states.evidence, value) }))} />
      <TextArea label={t.reason} required={finding === "rejected"} maxLength={500} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}
