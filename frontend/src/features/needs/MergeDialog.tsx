import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../../client/act";
import { body, client, idempotent } from "../../client/setup";
import type { Need } from "../../client/views";
import { stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextArea, TextInput } from "../../ui/inputs";

/** Lets another need stand for this one. */
export function MergeDialog({ need, onClose }: { need: Need; onClose: () => void }) {
  const t = useText();
  const p = t.needs.page;
  const [q, setQ] = useState("");
  const [into, setInto] = useState("");
  const [reason, setReason] = useState("");
  const found = useQuery({
    queryKey: ["need.desk", "merge", q],
    queryFn: async ({ signal }) => body(await client.GET("/api/v1/desk/needs", { params: { query: { limit: 50, sort: "newest", ...(q.trim() && { q: q.trim() }) } }, signal })),
  });
  const act = useAct((_: void, key) => client.POST("/api/v1/needs/{id}/merge", { params: { path: { id: need.id } }, body: { into, reason: reason.trim() }, headers: idempotent(key) }), onClose);
  const error = useErrors(act.problem);
  const rows = (found.data?.items ?? []).filter((n) => n.id !== need.id && n.state !== "draft" && n.state !== "merged");
  return (
    <FormDialog title={t.actions["need.merge"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={!into || !reason.trim()}>
      <p className="muted small">{p.mergeHint}</p>
      <TextInput label={p.search} type="search" value={q} onChange={setQ} />
      <Select label={p.pickNeed} required value={into} onChange={setInto} error={error("into")} choices={rows.map((n) => ({ value: n.id, label: `${n.code} ${n.title} · ${n.owner_name} · ${stateLabel(t, "need", n.state)}` }))} />
      <TextArea label={p.reason} required rows={3} maxLength={1000} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}
