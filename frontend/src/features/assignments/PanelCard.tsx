import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { asProblem } from "../../client/problem";
import type { Panel, PanelSeat } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Select, TextArea } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** The draw of a panel by a recorded seed, what it drew, and how anybody can draw it again. */
export function PanelCard({ challenge, actions }: { challenge: string; actions: string[] }) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const query = api.useQuery("get", "/api/v1/challenges/{id}/panel", { params: { path: { id: challenge } } });
  const none = !!query.error && asProblem(query.error).status === 404;
  return (
    <div className="stack loose">
      {actions.includes("panel.draw") && (
        <div className="row">
          <Button look={query.data ? "plain" : "main"} onClick={() => setAsked(true)}>
            {query.data ? t.panel.again : t.actions["panel.draw"]}
          </Button>
        </div>
      )}
      {asked && <DrawDialog challenge={challenge} again={!!query.data} onClose={() => setAsked(false)} />}
      {query.data ? <Drawn panel={query.data} /> : none ? <Empty title={t.panel.none}>{t.panel.noneHint}</Empty> : query.error ? <ErrorNote failure={query.error} /> : <Loading />}
    </div>
  );
}

function DrawDialog({ challenge, again, onClose }: { challenge: string; again: boolean; onClose: () => void }) {
  const t = useText();
  const [size, setSize] = useState("7");
  const [reason, setReason] = useState("");
  const draw = useAct(
    (_: void, key) => client.POST("/api/v1/challenges/{id}/panel", { params: { path: { id: challenge } }, body: { size: Number(size), ...(reason.trim() && { reason: reason.trim() }) }, headers: idempotent(key) }),
    onClose,
  );
  return (
    <Dialog title={t.actions["panel.draw"]!} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void draw.run();
        }}
      >
        <p>{t.panel.drawHint}</p>
        <Select label={t.panel.size} value={size} onChange={setSize} choices={["5", "7", "9", "11"].map((value) => ({ value, label: value }))} />
        {again && <TextArea label={t.panel.againReason} required value={reason} onChange={setReason} />}
        <ErrorNote failure={draw.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={draw.pending} disabled={again && !reason.trim()}>
            {t.actions["panel.draw"]}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Drawn({ panel: p }: { panel: Panel }) {
  const t = useText();
  return (
    <>
      <Seats title={t.panel.members} seats={p.members} />
      <Seats title={t.panel.reserves} seats={p.reserves} />
      <Section title={t.panel.record} side={t.panel.drawNo(p.seq)}>
        <dl className="pairs card">
          <dt>{t.panel.at}</dt>
          <dd>
            <Time at={p.drawn_at} seconds />
          </dd>
          {p.reason && (
            <>
              <dt>{t.reason}</dt>
              <dd>{p.reason}</dd>
            </>
          )}
          <dt>{t.panel.rules}</dt>
          <dd>{t.panel.ruleText(p.rules.size, p.rules.reserves, p.rules.per_unit, Math.round(p.rules.min_share_technology * 100), p.rules.need_industry, p.rules.need_finance_or_law)}</dd>
          <dt>{t.panel.seed}</dt>
          <dd className="mono">{p.seed}</dd>
          <dt>{t.panel.digest}</dt>
          <dd className="mono">{p.eligible_digest}</dd>
          <dt>{t.panel.engine}</dt>
          <dd className="mono">{p.engine}</dd>
        </dl>
        <details className="card">
          <summary>{t.panel.howTitle}</summary>
          <p className="prose small">{t.panel.how}</p>
        </details>
      </Section>
      {p.eligible.length > 0 && (
        <details>
          <summary>
            {t.panel.eligible} ({p.eligible.length})
          </summary>
          <Table
            label={t.panel.eligible}
            rows={p.eligible}
            id={(e) => e.expert}
            columns={[
              { key: "place", head: t.panel.place, right: true, cell: (e) => e.place },
              { key: "ticket", head: t.panel.ticket, cell: (e) => <span className="mono small">{e.ticket.slice(0, 16)}…</span> },
              { key: "kind", head: t.detail.type, cell: (e) => label(t.enums.expert_type, e.kind) },
              { key: "unit", head: t.kinds.org!, cell: (e) => e.unit },
              { key: "load", head: t.panel.load, right: true, cell: (e) => t.ui.of(String(e.reviews), String(e.cap)) },
              { key: "fate", head: t.panel.fate, cell: (e) => <StateTag tone={e.fate === "member" ? "good" : e.fate === "reserve" ? "ink" : "plain"} label={label(t.panel.fates, e.fate)} /> },
            ]}
          />
        </details>
      )}
      {p.excluded.length > 0 && (
        <details>
          <summary>
            {t.panel.excluded} ({p.excluded.length})
          </summary>
          <Table
            label={t.panel.excluded}
            rows={p.excluded}
            id={(e) => e.expert + e.code}
            columns={[
              { key: "name", head: t.kinds.expert!, cell: (e) => e.name },
              { key: "why", head: t.reason, cell: (e) => label(t.panel.reasons, e.code) },
              { key: "path", head: t.panel.path, cell: (e) => e.path.join(" → ") },
            ]}
          />
        </details>
      )}
    </>
  );
}

function Seats({ title, seats }: { title: string; seats: PanelSeat[] }) {
  const t = useText();
  if (!seats.length) return null;
  return (
    <Section title={title} side={String(seats.length)}>
      <Table
        label={title}
        rows={seats}
        id={(s) => s.ticket || s.name}
        columns={[
          { key: "place", head: t.panel.place, right: true, cell: (s) => s.place },
          { key: "name", head: t.kinds.expert!, cell: (s) => s.name },
          { key: "unit", head: t.kinds.org!, cell: (s) => s.unit },
          { key: "kind", head: t.detail.type, cell: (s) => label(t.enums.expert_type, s.kind) },
          { key: "judged", head: t.list.state, cell: (s) => (s.judged ? <StateTag tone="good" label={t.panel.judged} /> : t.ui.none) },
        ]}
      />
    </Section>
  );
}
