import { useState, type ReactNode } from "react";
import type { Gate, Match } from "../../client/views";
import { partWords } from "../../text/parts";
import { fill, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { StateTag } from "../../ui/StateTag";
import { SumTree } from "../../ui/SumTree";
import "./matches.css";

interface Props {
  matches: Match[];
  /** The link to the other side of the pair. */
  link: (match: Match) => ReactNode;
  id: (match: Match) => string;
  side?: (match: Match) => ReactNode;
}

/** Suggested pairs, best first, each with its reasons and what stands against it. */
export function MatchList({ matches, link, id, side }: Props) {
  const { t } = useLanguage();
  if (matches.length === 0) return <Empty title={t.match.none}>{t.match.noneHint}</Empty>;
  return (
    <div className="stack">
      <p className="muted small">{t.match.note}</p>
      <ol className="match-list">
        {matches.map((m) => (
          <MatchLine key={id(m)} match={m} title={link(m)} side={side?.(m)} />
        ))}
      </ol>
    </div>
  );
}

function MatchLine({ match: m, title, side }: { match: Match; title: ReactNode; side?: ReactNode }) {
  const { t, language } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <li className={m.eligible ? "" : "gated"}>
      <div className="match-head">
        <span className="match-score" aria-label={`${t.match.score} ${m.score.toFixed(1)}`}>
          {m.score.toFixed(1)}
        </span>
        <div className="stack tight">
          <h2>{title}</h2>
          <div className="row">
            <StateTag tone={m.eligible ? "good" : "bad"} label={m.eligible ? t.match.eligible : t.match.gated} />
            {m.missing?.map((x) => <StateTag key={x.code} tone="warn" label={`${t.match.missing} ${named(x, language)}`} />)}
            {side}
          </div>
          <Gates gates={m.gates} />
        </div>
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          {t.match.why}
        </Button>
      </div>
      {open && <SumTree sum={m.sum} words={partWords(t)} />}
    </li>
  );
}

export function Gates({ gates }: { gates: Gate[] }) {
  const { t, language } = useLanguage();
  if (gates.length === 0) return null;
  return (
    <ul className="plain-list small">
      {gates.map((g, i) => (
        <li key={i}>{(language === "en" ? g.reason_en : g.reason) || fill(t.gates[g.code] ?? g.code, g.args)}</li>
      ))}
    </ul>
  );
}
