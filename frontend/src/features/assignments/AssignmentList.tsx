import type { ReactNode } from "react";
import type { Assignment } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Empty } from "../../ui/Empty";
import { StateTag } from "../../ui/StateTag";
import { AssignmentAnswer } from "./AssignmentAnswer";

/** What an expert was asked to review: first the declaration, then the score sheet. */
export function AssignmentList({ assignments, sheet }: { assignments: Assignment[]; sheet: (a: Assignment) => ReactNode }) {
  const t = useText();
  if (assignments.length === 0) return <Empty title={t.expert.none} />;
  return (
    <ul className="stack" style={{ listStyle: "none", padding: 0 }}>
      {assignments.map((a) => (
        <li key={a.id} className="card stack tight">
          <div className="row spread">
            <h2>{a.challenge.name}</h2>
            <StateTag tone={toneOf(a.state)} label={stateLabel(t, "assignment", a.state)} />
          </div>
          <p className="row muted small">
            {a.bid && <span>{a.bid.name}</span>}
            {a.due && (
              <span>
                {t.expert.due} <Countdown until={a.due} full />
              </span>
            )}
          </p>
          {a.review_id && <div className="row">{sheet(a)}</div>}
          <AssignmentAnswer assignment={a} />
        </li>
      ))}
    </ul>
  );
}
