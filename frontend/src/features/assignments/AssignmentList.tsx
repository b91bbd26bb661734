import type { ReactNode } from "react";
import type { Assignment } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { AssignmentAnswer, Names } from "./AssignmentAnswer";

const open = (a: Assignment) => a.state === "invited" || a.state === "accepted";

/** What an expert was asked to review: first the declaration, then the score sheet. */
export function AssignmentList({ assignments, sheet }: { assignments: Assignment[]; sheet: (a: Assignment) => ReactNode }) {
  const t = useText();
  const waiting = assignments.filter(open);
  const done = assignments.filter((a) => !open(a));
  return (
    <div className="stack loose">
      <Section title={t.expert.waiting} side={String(waiting.length)}>
        {waiting.length ? <Cards list={waiting} sheet={sheet} /> : <Empty title={t.expert.none}>{t.expert.noneHint}</Empty>}
      </Section>
      {done.length > 0 && (
        <Section title={t.expert.done} side={String(done.length)}>
          <Cards list={done} sheet={sheet} />
        </Section>
      )}
    </div>
  );
}

function Cards({ list, sheet }: { list: Assignment[]; sheet: (a: Assignment) => ReactNode }) {
  const t = useText();
  return (
    <ul className="plain-list stack">
      {list.map((a) => (
        <li key={a.id} className="card stack tight">
          <div className="row spread">
            <h3>
              {a.challenge.title} · {a.bid_code}
            </h3>
            <StateTag tone={toneOf(a.state)} label={a.sheet === "draft" ? t.expert.begun : stateLabel(t, "assignment", a.state)} />
          </div>
          {open(a) ? <Names assignment={a} /> : a.team && <p className="muted small">{a.team}</p>}
          {a.reason && <p className="muted small">{a.reason}</p>}
          {a.created_at && (
            <p className="muted small">
              {t.expert.askedAt} <Time at={a.created_at} />
            </p>
          )}
          {(a.state === "accepted" || a.state === "submitted") && <div className="row">{sheet(a)}</div>}
          <AssignmentAnswer assignment={a} />
        </li>
      ))}
    </ul>
  );
}
