import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { ConflictPair, Waiver } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useLanguage, useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** Who of the panel must not judge which bid, by which chain of facts, and what was waived. */
export function Conflicts({ challenge, actions }: { challenge: string; actions: string[] }) {
  const t = useText();
  const zh = useLanguage().language === "zh";
  const [asked, setAsked] = useState<ConflictPair>();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/conflicts", { params: { path: { id: challenge } } });
  return (
    <Loaded query={query}>
      {(v) => (
        <Section title={t.conflict.title} side={t.conflict.side(v.experts, v.bids)}>
          <Table
            label={t.conflict.title}
            rows={v.pairs}
            id={(p) => p.key}
            empty={<Empty title={t.conflict.none}>{t.conflict.noneHint}</Empty>}
            columns={[
              { key: "expert", head: t.conflict.expert, cell: (p) => <>{p.name}{p.unit && <p className="muted small">{p.unit}</p>}</> },
              { key: "bid", head: t.conflict.bid, cell: (p) => p.code || t.conflict.whole },
              {
                key: "rule",
                head: t.conflict.rule,
                cell: (p) => (
                  <>
                    <StateTag tone={p.waived ? "good" : p.hard ? "bad" : "warn"} label={p.waived ? t.conflict.waived : p.hard ? t.conflict.hard : t.conflict.soft} />
                    {p.judges && <StateTag tone="warn" label={t.conflict.judging} />}
                    <p className="muted small">
                      {label(t.panel.reasons, `conflict.${p.rule}`)} · {t.conflict.years(p.years)}
                    </p>
                  </>
                ),
              },
              { key: "why", head: t.conflict.why, cell: (p) => (zh ? p.zh : p.en) },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (p) =>
                  !p.hard && !p.waived && actions.includes("waiver.ask") && !v.waivers.some((w) => w.conflict === p.key && w.state === "asked") ? (
                    <Button small onClick={() => setAsked(p)}>
                      {t.conflict.ask}
                    </Button>
                  ) : null,
              },
            ]}
          />
          {asked && <AskDialog challenge={challenge} pair={asked} onClose={() => setAsked(undefined)} />}
          {v.waivers.length > 0 && <Waivers list={v.waivers} zh={zh} />}
          <details className="card">
            <summary>{t.conflict.rules}</summary>
            <dl className="pairs">
              {v.rules.map((r) => (
                <div key={r.code} className="contents">
                  <dt>{label(t.panel.reasons, `conflict.${r.code}`)}</dt>
                  <dd>{r.off ? t.conflict.off : `${r.hard ? t.conflict.hard : t.conflict.soft} · ${t.conflict.years(r.years)}`}</dd>
                </div>
              ))}
            </dl>
          </details>
        </Section>
      )}
    </Loaded>
  );
}

function AskDialog({ challenge, pair: p, onClose }: { challenge: string; pair: ConflictPair; onClose: () => void }) {
  const t = useText();
  const zh = useLanguage().language === "zh";
  const [reason, setReason] = useState("");
  const ask = useAct(
    (_: void, key) => client.POST("/api/v1/challenges/{id}/waivers", { params: { path: { id: challenge } }, body: { expert: p.expert, conflict: p.key, reason: reason.trim() }, headers: idempotent(key) }),
    onClose,
  );
  return (
    <Dialog title={t.conflict.ask} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void ask.run();
        }}
      >
        <p>{zh ? p.zh : p.en}</p>
        <TextArea label={t.conflict.reason} hint={t.conflict.reasonHint} required value={reason} onChange={setReason} />
        <ErrorNote failure={ask.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={ask.pending} disabled={reason.trim().length < 8}>
            {t.conflict.ask}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Waivers({ list, zh }: { list: Waiver[]; zh: boolean }) {
  const t = useText();
  return (
    <Table
      label={t.conflict.waivers}
      rows={list}
      id={(w) => w.id}
      columns={[
        { key: "what", head: t.conflict.waivers, cell: (w) => <>{zh ? w.zh : w.en}<p className="muted small">{w.reason}</p></> },
        { key: "who", head: t.conflict.asker, cell: (w) => w.asked_by },
        { key: "state", head: t.list.state, cell: (w) => <StateTag tone={w.state === "approved" ? "good" : w.state === "refused" ? "bad" : "warn"} label={stateLabel(t, "waiver", w.state)} /> },
        { key: "second", head: t.conflict.answerer, cell: (w) => <>{w.answered_by || t.ui.none}{w.answer_reason && <p className="muted small">{w.answer_reason}</p>}</> },
        { key: "do", head: t.ui.actions, bare: true, cell: (w) => <Answer waiver={w} /> },
      ]}
    />
  );
}

function Answer({ waiver: w }: { waiver: Waiver }) {
  const t = useText();
  const params = { path: { id: w.id } };
  const acts = useActs({
    "waiver.approve": ({ key, reason }) => client.POST("/api/v1/waivers/{id}/approve", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(w) } }),
    "waiver.refuse": ({ key, reason }) => client.POST("/api/v1/waivers/{id}/refuse", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(w) } }),
  });
  return <Actions small actions={w.actions} acts={acts} reasons={["waiver.approve", "waiver.refuse"]} looks={{ "waiver.refuse": "quiet" }} labelReason={t.reason} />;
}
