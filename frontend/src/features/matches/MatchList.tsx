import { useState, type ReactNode } from "react";
import type { Gate, Match } from "../../client/views";
import { partWords, type NameOf } from "../../text/parts";
import { fill, label } from "../../text/say";
import { useLanguage, useText } from "../../text/text";
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
  /** Names of tags by their codes. */
  nameOf: NameOf;
}

/** Suggested pairs, best first, each with its reasons and what stands against it. */
export function MatchList({ matches, link, id, side, nameOf }: Props) {
  const t = useText();
  if (matches.length === 0) return <Empty title={t.match.none}>{t.match.noneHint}</Empty>;
  return (
    <div className="stack">
      <p className="muted small">{t.match.note}</p>
      <ol className="match-list">
        {matches.map((m) => (
          <MatchLine key={id(m)} match={m} title={link(m)} side={side?.(m)} nameOf={nameOf} />
        ))}
      </ol>
    </div>
  );
}

function MatchLine({ match: m, title, side, nameOf }: { match: Match; title: ReactNode; side?: ReactNode; nameOf: NameOf }) {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <li className={m.eligible ? "" : "gated"}>
      <div className="match-head">
        <span className="match-score" aria-label={`${t.match.score} ${m.score.toFixed(1)}`}>
          {m.score.toFixed(1)}
          <small>{label(t.match.bands, m.band)}</small>
        </span>
        <div className="stack tight">
          <h2>{title}</h2>
          <div className="row">
            <StateTag tone={m.eligible ? "good" : "bad"} label={m.eligible ? t.match.eligible : t.match.gated} />
            {side}
          </div>
          <Gates gates={m.gates} nameOf={nameOf} />
        </div>
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          {t.match.why}
        </Button>
      </div>
      {open && (
        <div className="match-why">
          <SumTree sum={m.sum} words={partWords(t, nameOf)} />
          <div className="stack">
            {m.missing.length > 0 && (
              <section className="stack tight">
                <h3>{t.match.missing}</h3>
                <ul className="plain-list small">
                  {m.missing.map((x) => (
                    <li key={x.tag}>
                      <StateTag tone={x.must ? "warn" : "plain"} label={x.must ? t.detail.must : t.detail.nice} /> {t.match.lacking(nameOf(x.tag), x.min_level, x.level)}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {m.raise.length > 0 && (
              <section className="stack tight">
                <h3>{t.match.raise}</h3>
                <ul className="plain-list small">
                  {m.raise.map((s, i) => (
                    <li key={i} className="row spread">
                      <span>{fill(t.match.raises[s.action] ?? s.action, { ...s, tag: nameOf(s.tag) })}</span>
                      <strong className="number">{t.match.gain(s.gain.toFixed(1))}</strong>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      )}
    </li>
  );
}

/** What stands against a pair: hard ones bar the bid, the others are marks to know of. */
export function Gates({ gates, nameOf }: { gates: Gate[]; nameOf: NameOf }) {
  const { t, language } = useLanguage();
  if (gates.length === 0) return null;
  const told = (g: Gate) => (language === "en" ? withNames(g.reason_en, g, nameOf) : g.reason) || fill(t.gates[g.code] ?? g.code, g.args);
  return (
    <ul className="gates small">
      {gates.map((g, i) => (
        <li key={i} className={g.hard ? "hard" : ""}>
          {told(g)}
        </li>
      ))}
    </ul>
  );
}

/** The English reasons name a capability by its code; a reader wants its name. */
function withNames(reason: string, g: Gate, nameOf: NameOf): string {
  const code = g.code.split(":")[1];
  return code ? reason.replace(code, `“${nameOf(code)}”`) : reason;
}
