import { api } from "../../client/setup";
import type { MatchComparison, Sum } from "../../client/views";
import { partWords, type NameOf } from "../../text/parts";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Dialog } from "../../ui/Dialog";
import { Loaded } from "../../ui/Loaded";
import { BandMark } from "./BandMark";
import { Gates } from "./Gates";
import "./matches.css";

interface Props {
  challenge: string;
  a: string;
  b: string;
  nameOf: NameOf;
  onClose: () => void;
}

/** Why one team stands before another: the difference of their scores, part by part. */
export function CompareDialog({ challenge, a, b, nameOf, onClose }: Props) {
  const m = useMatchText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/matches/compare", { params: { path: { id: challenge }, query: { a, b } } });
  return (
    <Dialog title={m.comparison.title} open onClose={onClose}>
      <Loaded query={query}>{(found) => <Difference found={found} nameOf={nameOf} />}</Loaded>
    </Dialog>
  );
}

export function Difference({ found: { a, b, difference: d }, nameOf }: { found: MatchComparison; nameOf: NameOf }) {
  const m = useMatchText();
  const c = m.comparison;
  const widest = Math.max(1e-9, ...(d.parts ?? []).map((p) => Math.abs(p.value)));
  const parts = [...(d.parts ?? [])].sort((x, y) => Math.abs(y.value) - Math.abs(x.value));
  const shown = Math.abs(d.value).toFixed(1);
  return (
    <div className="stack">
      <div className="versus">
        {[a, b].map((side, i) => (
          <div key={side.team.id} className="stack tight">
            <span className="muted small">{i === 0 ? c.a : c.b}</span>
            <strong>{side.team.name}</strong>
            <BandMark band={side.band} score={side.score} />
            <Gates gates={side.gates} nameOf={nameOf} />
          </div>
        ))}
      </div>
      <p className="total">
        <strong>{shown === "0.0" ? c.equal : c.ahead(d.value > 0 ? a.team.name : b.team.name, shown)}</strong>
      </p>
      <p className="muted small">{c.lead}</p>
      <ul className="diverging">
        {parts.map((p) => (
          <Part key={p.name} part={p} widest={widest} nameOf={nameOf} />
        ))}
      </ul>
      {(a.gates.length > 0 || b.gates.length > 0) && <p className="muted small">{c.gates}</p>}
    </div>
  );
}

const plain = (v: number) => (Math.abs(v) < 0.05 ? "0" : Math.abs(v).toFixed(1));

function Part({ part: p, widest, nameOf }: { part: Sum; widest: number; nameOf: NameOf }) {
  const t = useText();
  const c = useMatchText().comparison;
  const words = partWords(t, nameOf);
  const side = Math.abs(p.value) < 0.05 ? "" : p.value > 0 ? c.a : c.b;
  const width = `${Math.min(50, (Math.abs(p.value) / widest) * 50)}%`;
  const line = (
    <span className="diverging-line">
      <span className="name">{words({ name: p.name, value: p.value, args: plainArgs(p) }).name}</span>
      <span className="axis" aria-hidden="true">
        <span className={p.value >= 0 ? "to-a" : "to-b"} style={{ width }} />
      </span>
      <span className="number value">
        {side} {plain(p.value)}
      </span>
    </span>
  );
  const inner = [...(p.parts ?? [])].filter((x) => Math.abs(x.value) >= 0.05).sort((x, y) => Math.abs(y.value) - Math.abs(x.value));
  if (inner.length === 0) return <li>{line}</li>;
  return (
    <li>
      <details>
        <summary>{line}</summary>
        <ul>
          {inner.map((x, i) => (
            <Part key={`${x.name}-${i}`} part={x} widest={widest} nameOf={nameOf} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** A difference names a piece of evidence by its id alone; its title is the id then. */
const plainArgs = (p: Sum): Record<string, unknown> => ({ ...p.args, ...(p.args && !("title" in p.args) && "evidence" in p.args && { title: p.args.evidence }) });
