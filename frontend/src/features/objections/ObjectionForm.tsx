import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Objection } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextArea, TextInput } from "../../ui/inputs";
import { LastDay } from "../../ui/Time";

/** A protest during the publicity: with a name, a way to answer, and grounds. */
export function ObjectionForm({ challenge }: { challenge: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [filed, setFiled] = useState<Objection>();
  const [by, setBy] = useState({ name: "", contact: "", text: "" });
  const file = useAct(
    async (_: void, key) => (await client.POST("/api/v1/challenges/{id}/objections", { params: { path: { id: challenge } }, body: by, headers: idempotent(key) })).data,
    (out) => {
      setFiled(out);
      setOpen(false);
    },
  );
  const error = useErrors(file.problem);
  if (filed)
    return (
      <p className="note good" role="status">
        {t.objection.filed(filed.code)} <LastDay until={filed.due_at} />
      </p>
    );
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{t.actions["objection.file"]}</Button>
      <Dialog title={t.actions["objection.file"]!} open={open} onClose={() => setOpen(false)}>
        <form
          className="form"
          onSubmit={(e) => {
            e.preventDefault();
            void file.run();
          }}
        >
          <p className="muted small">{t.objection.hint}</p>
          <TextInput label={t.publicity.name} required maxLength={60} value={by.name} onChange={(name) => setBy({ ...by, name })} error={error("name")} />
          <TextInput label={t.publicity.contact} required maxLength={120} value={by.contact} onChange={(contact) => setBy({ ...by, contact })} error={error("contact")} />
          <TextArea label={t.publicity.text} required maxLength={8000} rows={6} value={by.text} onChange={(text) => setBy({ ...by, text })} error={error("text")} />
          <ErrorNote failure={file.problem} />
          <div className="row">
            <Button type="submit" look="main" busy={file.pending}>
              {t.objection.send}
            </Button>
            <Button onClick={() => setOpen(false)}>{t.ui.cancel}</Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
