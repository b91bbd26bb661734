import { useState, type ReactNode } from "react";
import type { Match, MatchList as Found } from "../../client/views";
import type { NameOf } from "../../text/parts";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { StateTag } from "../../ui/StateTag";
import { BandMark } from "./BandMark";
import { Gates } from "./Gates";
import { MatchReasons } from "./MatchReasons";
import { PartsBar } from "./PartsBar";
import { most } from "./useMatches";
import "./matches.css";

interface Props {
  found: Found;
  /** The name of the other side of the pair, and its link. */
  name: (match: Match) => string;
  link: (match: Match) => ReactNode;
  id: (match: Match) => string;
  side?: (match: Match) => ReactNode;
  /** Names of tags by their codes. */
  nameOf: NameOf;
  /** What to say where there is nothing. */
  none: string;
  /** The page that says how it is computed. */
  how: ReactNode;
  busy?: boolean;
  onMore: () => void;
  /** Two that were chosen to be compared; without it nothing can be chosen. */
  picked?: Match[];
  onPick?: (picked: Match[]) => void;
}

/** Suggested pairs, best first, each with its reasons and what stands against it. */
export function MatchList({ found, name, link, id, side, nameOf, none, how, busy, onMore, picked = [], onPick }: Props) {
  const m = useMatchText();
  const { items, total, compared, cut } = found;
  const chosen = (x: Match) => picked.some((p) => id(p) === id(x));
  const pick = (x: Match) => onPick?.(chosen(x) ? picked.filter((p) => id(p) !== id(x)) : [...picked, x].slice(-2));
  if (items.length === 0)
    return (
      <Empty title={m.none}>
        {none}
        <p className="small">{how}</p>
      </Empty>
    );
  return (
    <div className="stack">
      <p className="muted small">
        {m.note} {onPick && items.length > 1 && m.pickHint} {how}
      </p>
      <ol className="match-list" aria-busy={busy}>
        {items.map((x) => (
          <MatchLine
            key={id(x)}
            match={x}
            title={link(x)}
            side={side?.(x)}
            nameOf={nameOf}
            pick={onPick && items.length > 1 && <input type="checkbox" className="pick" aria-label={m.pick(name(x))} checked={chosen(x)} onChange={() => pick(x)} />}
          />
        ))}
      </ol>
      <div className="pager">
        <span className="muted small" aria-live="polite">
          {m.total(items.length, total)} {cut && compared > 0 && compared < total && m.compared(compared)} {items.length >= most && items.length < total && m.most(most)}
        </span>
        {items.length < total && items.length < most && (
          <Button busy={busy} onClick={onMore}>
            {m.more}
          </Button>
        )}
      </div>
    </div>
  );
}

function MatchLine({ match: x, title, side, nameOf, pick }: { match: Match; title: ReactNode; side?: ReactNode; nameOf: NameOf; pick?: ReactNode }) {
  const m = useMatchText();
  const [open, setOpen] = useState(false);
  return (
    <li className={x.eligible ? "" : "gated"}>
      <div className="match-head">
        <span className="match-mark">
          {pick}
          <BandMark band={x.band} score={x.score} />
        </span>
        <div className="stack tight">
          <h2>{title}</h2>
          <div className="row">
            <StateTag tone={x.eligible ? "good" : "bad"} label={x.eligible ? m.eligible : m.gated} />
            <span className="small muted">{m.place(x.place)}</span>
            {side}
          </div>
          <PartsBar sum={x.sum} />
          <Gates gates={x.gates} nameOf={nameOf} />
        </div>
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? m.lessWhy : m.why}
        </Button>
      </div>
      {open && <MatchReasons match={x} nameOf={nameOf} />}
    </li>
  );
}
