import type { ReactNode } from "react";
import type { Challenge } from "../../client/views";
import { stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { Section } from "../../ui/Section";
import { timeText } from "../../ui/time";
import { isEnded, lifeOf, type LifeFacts, type LifeKey } from "./life";

interface Props {
  challenge: Challenge;
  facts: LifeFacts;
  /** The buttons of the step that is to be taken. */
  next: ReactNode;
}

/** The life of a challenge as a checklist: what is done, what comes next, and what it waits for. */
export function LifeSteps({ challenge: c, facts: f, next }: Props) {
  const t = useText();
  const time = (at?: string) => (at ? timeText(at, t.ui.locale) : t.ui.none);
  const w = t.life.waits;
  const waits: Partial<Record<LifeKey, string>> = {
    submit: w.submit,
    approve: w.approve,
    publish: w.publish,
    bidding: w.bidding(time(c.bid_deadline)),
    open: w.open(time(c.open_at ?? c.bid_deadline)),
    check: w.check(f.checked ?? 0, f.bids ?? 0),
    draw: w.draw,
    assign: w.assign,
    review: w.review(f.accepted ?? 0, f.done ?? 0, f.seats ?? 0),
    owner: w.owner(f.ownerGiven ?? 0, f.bids ?? 0),
    rank: f.outdated ? w.outdated : w.rank,
    shortlist: w.shortlist,
    publicize: w.publicize(c.publicity_days),
    publicity: f.openObjections ? w.objection(f.openObjections) : w.publicity(time(c.publicity_until)),
  };
  return (
    <Section title={t.life.title}>
      <div className="card">
      <ol className="steps">
        {lifeOf(c.state, f).map((s) => (
          <li key={s.key} className={s.state} aria-current={s.state === "now" ? "step" : undefined}>
            <span className={s.state === "todo" ? "muted" : ""}>{s.state === "now" ? <strong>{t.life.steps[s.key]}</strong> : t.life.steps[s.key]}</span>
            {s.state === "done" && <span className="muted small"> ✓</span>}
            {s.state === "now" && (
              <div className="stack tight">
                <p className="muted small">{waits[s.key]}</p>
                {next}
              </div>
            )}
          </li>
        ))}
        {(isEnded(c.state) || c.state === "awarded") && (
          <li className="now">
            <strong>{stateLabel(t, "challenge", c.state)}</strong>
            {c.state_reason && <p className="small">{c.state_reason}</p>}
            {next}
          </li>
        )}
      </ol>
      </div>
    </Section>
  );
}
