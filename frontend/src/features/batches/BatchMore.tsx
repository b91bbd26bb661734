import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Batch } from "../../client/views";
import { useListText } from "../../text/list";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { InstantInput, NumberInput, TextArea, TextInput } from "../../ui/inputs";
import { Time } from "../../ui/Time";

/** The further rules of a batch, its early notice, and what may be done with it. */
export function BatchMore({ batch: b }: { batch: Batch }) {
  const t = useText();
  const l = useListText();
  const [dialog, setDialog] = useState<"announce" | "clone">();
  return (
    <>
      <p className="small">
        {l.rules.type}: {b.rules.type ? label(t.enums.type, b.rules.type) : l.choices[""]} · {l.rules.selection_mode}: {b.rules.selection_mode ? label(t.enums.selection_mode, b.rules.selection_mode) : l.choices[""]} · {l.rules.blind}:{" "}
        {b.rules.blind ? label(l.choices, b.rules.blind) : l.no} · {l.rules.max_bids_per_org}: {l.most(b.rules.max_bids_per_org)}
      </p>
      {b.announced_at && (
        <p className="note">
          <strong>{l.forecast}</strong> {b.notice}
          {b.dates.publish_on && (
            <>
              {" · "}
              {l.publishOn} <Time day at={b.dates.publish_on} />
            </>
          )}
        </p>
      )}
      {b.actions.length > 0 && (
        <div className="row">
          {b.actions.includes("batch.announce") && (
            <Button small onClick={() => setDialog("announce")}>
              {t.actions["batch.announce"]}
            </Button>
          )}
          {b.actions.includes("batch.clone") && (
            <Button small onClick={() => setDialog("clone")}>
              {l.clone}
            </Button>
          )}
        </div>
      )}
      {dialog === "announce" && <AnnounceDialog batch={b} onClose={() => setDialog(undefined)} />}
      {dialog === "clone" && <CloneDialog batch={b} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function AnnounceDialog({ batch: b, onClose }: { batch: Batch; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [v, setV] = useState({ notice: b.notice, on: b.dates.publish_on });
  const act = useAct((_: void, key) => client.POST("/api/v1/batches/{id}/announce", { params: { path: { id: b.id } }, body: { notice: v.notice, publish_on: v.on! }, headers: idempotent(key) }), onClose);
  const error = useErrors(act.problem);
  return (
    <FormDialog title={t.actions["batch.announce"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={!v.notice.trim() || !v.on}>
      <TextArea label={l.notice} required maxLength={2000} value={v.notice} onChange={(notice) => setV({ ...v, notice })} error={error("notice")} />
      <InstantInput label={l.publishOn} required value={v.on} onChange={(on) => setV({ ...v, on })} error={error("publish_on")} />
    </FormDialog>
  );
}

function CloneDialog({ batch: b, onClose }: { batch: Batch; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [v, setV] = useState({ title: b.title, year: b.year as number | undefined, no: (b.no + 1) as number | undefined, on: undefined as string | undefined });
  const act = useAct(
    (_: void, key) => client.POST("/api/v1/batches/{id}/clone", { params: { path: { id: b.id } }, body: { title: v.title, year: v.year!, no: v.no!, ...(v.on && { publish_on: v.on }) }, headers: idempotent(key) }),
    onClose,
  );
  const error = useErrors(act.problem);
  return (
    <FormDialog title={l.clone} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={!v.title.trim() || !v.year || !v.no}>
      <TextInput label={t.register.name} required maxLength={100} value={v.title} onChange={(title) => setV({ ...v, title })} error={error("title")} />
      <div className="form-grid">
        <NumberInput label={t.batches.year} required value={v.year} onChange={(year) => setV({ ...v, year })} error={error("year")} />
        <NumberInput label={t.batches.no} required value={v.no} onChange={(no) => setV({ ...v, no })} error={error("no")} />
      </div>
      {b.dates.publish_on && <InstantInput label={l.publishOn} hint={l.shiftHint} value={v.on} onChange={(on) => setV({ ...v, on })} error={error("publish_on")} />}
    </FormDialog>
  );
}
