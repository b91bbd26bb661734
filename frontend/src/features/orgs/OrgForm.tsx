import { useState } from "react";
import { useAct } from "../../client/act";
import { body, client, idempotent, ifMatch } from "../../client/setup";
import type { Org, OrgBody } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextArea, TextInput } from "../../ui/inputs";

const empty: OrgBody = { name: "", uscc: "", kind: "enterprise", region: "210100", city: "", summary: "", founded: "", homepage: "" };

/** Register a unit, or change what is known of it. */
export function OrgForm({ org, onClose, done }: { org?: Org; onClose: () => void; done?: (org: Org) => void }) {
  const t = useText();
  const [v, setV] = useState<OrgBody>(() => (org ? { name: org.name, uscc: org.uscc, kind: org.kind, region: org.region, city: org.city, summary: org.summary, founded: org.founded, homepage: org.homepage, credentials: org.credentials } : empty));
  const set = (part: Partial<OrgBody>) => setV({ ...v, ...part });
  const save = useAct(
    async (_: void, key) =>
      org
        ? body(await client.PUT("/api/v1/orgs/{id}", { params: { path: { id: org.id }, header: ifMatch(org) }, body: v }))
        : body(await client.POST("/api/v1/orgs", { body: v, headers: idempotent(key) })),
    (saved) => {
      onClose();
      done?.(saved);
    },
  );
  const error = useErrors(save.problem);
  return (
    <FormDialog title={t.actions[org ? "org.edit" : "org.register"]!} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <TextInput label={t.register.name} required maxLength={100} value={v.name} onChange={(name) => set({ name })} error={error("name")} />
      <TextInput label={t.org.uscc} required hint={t.org.usccHint} maxLength={18} value={v.uscc} onChange={(uscc) => set({ uscc: uscc.toUpperCase().trim() })} error={error("uscc")} />
      <Select label={t.register.kind} value={v.kind} onChange={(kind) => set({ kind: kind as OrgBody["kind"] })} choices={Object.entries(t.org.kinds).map(([value, label]) => ({ value, label }))} error={error("kind")} />
      <TextInput label={t.register.region} required maxLength={6} inputMode="numeric" value={v.region} onChange={(region) => set({ region })} error={error("region")} />
      <TextInput label={t.register.city} value={v.city ?? ""} onChange={(city) => set({ city })} error={error("city")} />
      <TextInput label={t.org.founded} type="date" value={v.founded ?? ""} onChange={(founded) => set({ founded })} error={error("founded")} />
      <TextInput label={t.org.homepage} value={v.homepage ?? ""} onChange={(homepage) => set({ homepage })} error={error("homepage")} />
      <TextArea label={t.org.summary} maxLength={2000} value={v.summary ?? ""} onChange={(summary) => set({ summary })} error={error("summary")} />
    </FormDialog>
  );
}
