import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { IntegrityBody } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextArea, TextInput } from "../../ui/inputs";

/** Record a breach: whom it names, what was done, by which rule, for how long. */
export function IntegrityForm({ onClose }: { onClose: () => void }) {
  const t = useText();
  const w = t.units.integrity;
  const [v, setV] = useState<IntegrityBody>({ subject: "", kind: "org", act: "", basis: "", body: "", since: "", until: "" });
  const set = (part: Partial<IntegrityBody>) => setV({ ...v, ...part });
  const save = useAct((_: void, key) => client.POST("/api/v1/integrity", { body: v, headers: idempotent(key) }), onClose);
  const error = useErrors(save.problem);
  return (
    <FormDialog title={t.actions["integrity.record"]!} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <Select label={t.register.kind} value={v.kind} onChange={(kind) => set({ kind: kind as IntegrityBody["kind"] })} choices={Object.entries(w.kinds).map(([value, name]) => ({ value, label: name }))} error={error("kind")} />
      <TextInput label={w.subject} hint={w.subjectHint} required maxLength={60} value={v.subject} onChange={(subject) => set({ subject })} error={error("subject")} />
      <TextArea label={w.act} required maxLength={500} value={v.act} onChange={(act) => set({ act })} error={error("act")} />
      <TextInput label={w.basis} required maxLength={300} value={v.basis} onChange={(basis) => set({ basis })} error={error("basis")} />
      <TextInput label={w.body} required maxLength={100} value={v.body} onChange={(x) => set({ body: x })} error={error("body")} />
      <TextInput label={w.since} type="date" required value={v.since} onChange={(since) => set({ since })} error={error("since")} />
      <TextInput label={w.until} type="date" required value={v.until} onChange={(until) => set({ until })} error={error("until")} />
    </FormDialog>
  );
}
