import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Objection } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { LastDay, Time } from "../../ui/Time";

/** The protests of a publicity and the word on each. */
export function ObjectionList({ challenge }: { challenge: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/objections", { params: { path: { id: challenge } } });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length ? (
          <ul className="plain-list stack">
            <li className="row end">
              <ExportMenu save={exporter("/api/v1/challenges/{id}/objections", { path: { id: challenge } })} />
            </li>
            {items.map((o) => (
              <One key={o.id} objection={o} />
            ))}
          </ul>
        ) : (
          <Empty title={t.objection.none} />
        )
      }
    </Loaded>
  );
}

function One({ objection: o }: { objection: Objection }) {
  const t = useText();
  const [word, setWord] = useState<"uphold" | "dismiss">();
  return (
    <li className="card stack tight">
      <div className="row spread">
        <h3>{o.code}</h3>
        <span className="row">
          {o.overdue && <StateTag tone="bad" label={t.officer.overdue} />}
          <StateTag tone={o.state === "filed" ? "warn" : toneOf(o.state)} label={stateLabel(t, "objection", o.state)} />
        </span>
      </div>
      <p className="row muted small">
        <span>
          {o.name} · {o.contact}
        </span>
        <span>
          {t.objection.at} <Time at={o.filed_at} />
        </span>
        <span>
          {t.objection.due} <LastDay until={o.due_at} />
        </span>
      </p>
      <p className="prose">{o.text}</p>
      {o.decision && (
        <p className="note">
          {o.decision} <Time at={o.decided_at} />
        </p>
      )}
      <div className="row">
        {o.actions.includes("objection.uphold") && <Button onClick={() => setWord("uphold")}>{t.actions["objection.uphold"]}</Button>}
        {o.actions.includes("objection.dismiss") && <Button onClick={() => setWord("dismiss")}>{t.actions["objection.dismiss"]}</Button>}
      </div>
      {word && <Decide objection={o} word={word} onClose={() => setWord(undefined)} />}
    </li>
  );
}

function Decide({ objection: o, word, onClose }: { objection: Objection; word: "uphold" | "dismiss"; onClose: () => void }) {
  const t = useText();
  const [decision, setDecision] = useState("");
  const options = { params: { path: { id: o.id } }, body: { decision: decision.trim() } };
  const decide = useAct(
    async (_: void, key) => {
      const headers = { ...idempotent(key), ...ifMatch(o) };
      if (word === "uphold") await client.POST("/api/v1/objections/{id}/uphold", { ...options, headers });
      else await client.POST("/api/v1/objections/{id}/dismiss", { ...options, headers });
    },
    onClose,
  );
  return (
    <Dialog title={t.actions[`objection.${word}`]!} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void decide.run();
        }}
      >
        <p className="muted small">{word === "uphold" ? t.objection.upholdHint : t.objection.dismissHint}</p>
        <TextArea label={t.objection.decision} required maxLength={8000} value={decision} onChange={setDecision} />
        <ErrorNote failure={decide.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={decide.pending} disabled={[...decision.trim()].length < 10}>
            {t.ui.confirm}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
