import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Need } from "../../client/views";
import { pathText } from "../../text/problem";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Select, TextArea } from "../../ui/inputs";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** The parts of a need a comment can be about. */
const parts = ["title", "problem", "present", "indicators", "total_fen", "money_proof", "term_months", "window_days", "ip_terms", "bidder_conditions", "trl_target", "capabilities", "summary"];

/** The talk between owner and office, with what is still open. */
export function NeedTalk({ need: n }: { need: Need }) {
  const t = useText();
  const p = t.needs.page;
  return (
    <div className="stack">
      <p className="muted small">{p.talkLead}</p>
      {n.comments.length === 0 && <p className="muted">{p.noTalk}</p>}
      <ol className="plain-list stack">
        {n.comments.map((c) => (
          <li key={c.id} className="card stack tight">
            <div className="row spread small">
              <span className="row">
                <StateTag tone={c.office ? "seal" : "ink"} label={c.office ? p.office : p.ownerSide} />
                <strong>{c.name}</strong>
                <span className="muted">{c.field ? pathText(t, c.field) : p.whole}</span>
              </span>
              <span className="row">
                <Time at={c.at} />
                <StateTag tone={c.resolved_at ? "good" : "warn"} label={c.resolved_at ? p.done : p.open} />
              </span>
            </div>
            <p className="prose">{c.text}</p>
            {!c.resolved_at && n.actions.includes("need.resolve") && <Resolve need={n.id} comment={c.id} />}
          </li>
        ))}
      </ol>
      {n.actions.includes("need.comment") && <Say need={n} />}
    </div>
  );
}

function Resolve({ need, comment }: { need: string; comment: string }) {
  const t = useText();
  const act = useAct((_: void, key) => client.POST("/api/v1/needs/{id}/comments/{comment}/resolve", { params: { path: { id: need, comment } }, headers: idempotent(key) }));
  return (
    <div className="row">
      <Button small busy={act.pending} onClick={() => void act.run()}>
        {t.actions["need.resolve"]}
      </Button>
      <ErrorNote failure={act.problem} />
    </div>
  );
}

function Say({ need }: { need: Need }) {
  const t = useText();
  const p = t.needs.page;
  const [v, setV] = useState({ text: "", field: "" });
  const act = useAct(
    (_: void, key) => client.POST("/api/v1/needs/{id}/comments", { params: { path: { id: need.id } }, body: { text: v.text.trim(), ...(v.field && { field: v.field }) }, headers: idempotent(key) }),
    () => setV({ text: "", field: "" }),
  );
  const error = useErrors(act.problem);
  return (
    <form
      className="form card"
      aria-label={t.actions["need.comment"]}
      onSubmit={(e) => {
        e.preventDefault();
        void act.run();
      }}
    >
      <Select label={p.about} value={v.field} onChange={(field) => setV({ ...v, field })} empty={p.whole} choices={parts.map((value) => ({ value, label: t.fields[value]! }))} />
      <TextArea label={p.say} required rows={3} maxLength={2000} value={v.text} onChange={(text) => setV({ ...v, text })} error={error("text")} />
      <ErrorNote failure={act.problem} />
      <div>
        <Button type="submit" busy={act.pending} disabled={!v.text.trim()}>
          {t.actions["need.comment"]}
        </Button>
      </div>
    </form>
  );
}
