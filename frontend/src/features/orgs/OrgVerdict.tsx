import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Org, OrgCheck } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { FormDialog } from "../../ui/FormDialog";
import { Check, TextArea, TextInput } from "../../ui/inputs";

/** The operator's list of points, with which he verifies a unit or returns its papers. */
export function OrgVerdict({ org, action, onClose }: { org: Org; action: "org.verify" | "org.return"; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState("");
  const [points, setPoints] = useState<Record<string, { ok: boolean; note: string }>>(() => Object.fromEntries(Object.keys(t.units.checks).map((item) => [item, { ok: false, note: "" }])));
  const set = (item: string, part: Partial<{ ok: boolean; note: string }>) => setPoints({ ...points, [item]: { ...points[item]!, ...part } });
  const checks = Object.entries(points).map(([item, p]) => ({ item: item as OrgCheck["item"], ok: p.ok, ...(p.note && { note: p.note }) }));
  const act = useAct(
    (_: void, key) =>
      action === "org.verify"
        ? client.POST("/api/v1/orgs/{id}/verify", { params: { path: { id: org.id } }, body: { reason: reason.trim(), checks }, headers: idempotent(key) })
        : client.POST("/api/v1/orgs/{id}/return", { params: { path: { id: org.id } }, body: { reason: reason.trim(), checks }, headers: idempotent(key) }),
    onClose,
  );
  const error = useErrors(act.problem);
  return (
    <FormDialog title={t.actions[action]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={action === "org.return" && [...reason.trim()].length < 4}>
      {Object.entries(t.units.checks).map(([item, name]) => (
        <div key={item} className="stack tight">
          <Check label={name} checked={points[item]!.ok} onChange={(ok) => set(item, { ok })} />
          {!points[item]!.ok && action === "org.return" && <TextInput label={`${name} · ${t.units.checkNote}`} maxLength={300} value={points[item]!.note} onChange={(note) => set(item, { note })} />}
        </div>
      ))}
      <TextArea label={action === "org.verify" ? t.units.ground : t.units.whyReturned} required={action === "org.return"} maxLength={500} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}
