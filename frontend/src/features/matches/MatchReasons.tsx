import type { Match } from "../../client/views";
import { partWords, type NameOf } from "../../text/parts";
import { fill } from "../../text/say";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { StateTag } from "../../ui/StateTag";
import { SumTree } from "../../ui/SumTree";
import { phrases } from "./phrases";

/** All the reasons of a pair: the sum down to its leaves, the words, what is missing, what would raise it. */
export function MatchReasons({ match: x, nameOf }: { match: Match; nameOf: NameOf }) {
  const t = useText();
  const m = useMatchText();
  const words = phrases((x.words.parts ?? []).filter((p) => p.name === "word"));
  const rest = x.words.parts?.find((p) => p.name === "rest");
  return (
    <div className="match-why">
      <section className="stack tight">
        <h3>{m.tree}</h3>
        <SumTree sum={x.sum} words={partWords(t, nameOf)} />
      </section>
      <div className="stack">
        {x.raise.length > 0 && (
          <section className="stack tight">
            <h3>{m.raise}</h3>
            <p className="muted small">{m.raiseHint}</p>
            <ul className="plain-list steps-up">
              {x.raise.map((s, i) => (
                <li key={i}>
                  <span>{fill(m.raises[s.action] ?? s.action, { ...s, tag: nameOf(s.tag) })}</span>
                  <span className="small">
                    <strong className="number">{m.step(x.score.toFixed(1), s.score.toFixed(1))}</strong>
                    {!!s.place_from && !!s.place_to && <span className="muted"> · {m.stepPlace(s.place_from, s.place_to)}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {x.missing.length > 0 && (
          <section className="stack tight">
            <h3>{m.missing}</h3>
            <ul className="plain-list small">
              {x.missing.map((gap) => (
                <li key={gap.tag}>
                  <StateTag tone={gap.must ? "warn" : "plain"} label={gap.must ? t.detail.must : t.detail.nice} /> {m.lacking(nameOf(gap.tag), gap.min_level, gap.level)}
                </li>
              ))}
            </ul>
          </section>
        )}
        {words.length > 0 && (
          <section className="stack tight">
            <h3>{m.words}</h3>
            <ul className="word-chips">
              {words.map((p) => (
                <li key={p.text} className="tag ink">
                  {p.text} <span className="number">+{p.value.toFixed(1)}</span>
                </li>
              ))}
              {rest && rest.value > 0.05 && (
                <li className="tag">
                  {t.parts.rest} <span className="number">+{rest.value.toFixed(1)}</span>
                </li>
              )}
            </ul>
            <p className="muted small">{m.wordsHint}</p>
          </section>
        )}
      </div>
    </div>
  );
}
