import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Countdown } from "../../ui/Countdown";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextArea, TextInput } from "../../ui/inputs";
import { Table } from "../../ui/Table";

/** Who is to win, shown to all for some working days, and the way to object. */
export function PublicityCard({ challenge, actions }: { challenge: string; actions: string[] }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/award", { params: { path: { id: challenge } } });
  const p = query.data;
  if (!p) return null;
  return (
    <section className="card stack" aria-label={t.publicity.title}>
      <div className="row spread">
        <h2>{t.publicity.title}</h2>
        <span>
          {t.publicity.until} <Countdown until={p.until} full />
        </span>
      </div>
      <Table
        label={t.publicity.title}
        rows={p.places}
        id={(x) => x.bid.id}
        columns={[
          { key: "place", head: t.ranking.place, cell: (x) => t.ranking.placeNo(x.place) },
          { key: "team", head: t.kinds.team!, cell: (x) => x.team.name },
          { key: "score", head: t.parts.total!, right: true, cell: (x) => x.total.toFixed(2) },
        ]}
      />
      {!!p.panel?.length && (
        <p className="small">
          {t.detail.tabs.panel}: {p.panel.join("、")}
        </p>
      )}
      {actions.includes("objection.file") && <ObjectionForm challenge={challenge} />}
    </section>
  );
}

function ObjectionForm({ challenge }: { challenge: string }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [by, setBy] = useState({ name: "", contact: "", text: "" });
  const file = useAct(
    (_: void, key) => client.POST("/api/v1/challenges/{id}/objections", { params: { path: { id: challenge } }, body: by, headers: idempotent(key) }),
    () => setOpen(false),
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
          <TextInput label={t.publicity.name} required value={by.name} onChange={(name) => setBy({ ...by, name })} />
          <TextInput label={t.publicity.contact} required value={by.contact} onChange={(contact) => setBy({ ...by, contact })} />
          <TextArea label={t.publicity.text} required value={by.text} onChange={(text) => setBy({ ...by, text })} />
          <ErrorNote failure={file.problem} />
          <Button type="submit" look="main" busy={file.pending}>
            {t.ui.confirm}
          </Button>
        </form>
      </Dialog>
    </div>
  );
}
