import type { ReactNode } from "react";
import type { Challenge } from "../../client/views";
import { label, named, stateLabel, toneOf } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";

/** The head of a challenge's page: what, whose, how much, until when, and what I may do. */
export function ChallengeHero({ challenge: c, actions }: { challenge: Challenge; actions?: ReactNode }) {
  const { t, language } = useLanguage();
  return (
    <header className="detail-hero">
      <div className="stack tight">
        <div className="row">
          <StateTag tone={toneOf(c.state)} label={stateLabel(t, "challenge", c.state)} />
          <StateTag label={label(t.enums.type, c.type)} />
          {c.competition_mode === "horse_race" && <StateTag tone="ink" label={`${label(t.enums.competition_mode, c.competition_mode)}${c.max_lanes ? ` · ${t.detail.lanes(c.max_lanes)}` : ""}`} />}
          {c.code && <span className="mono muted">{c.code}</span>}
        </div>
        <h1>{c.title}</h1>
        <p className="muted">
          {c.owner.name} · {c.city}
          {c.alliance && ` · ${c.alliance.name}`}
        </p>
        <div className="row">
          {c.tags.map((tag) => (
            <StateTag key={tag.code} label={named(tag, language)} />
          ))}
        </div>
        {c.state_reason && <p className="note warn">{c.state_reason}</p>}
      </div>
      <div className="figures">
        <span className="muted small">{t.list.bounty}</span>
        <span className="bounty">{c.honor_only ? t.list.honor : <Money fen={c.bounty_fen} />}</span>
        {c.bid_deadline && c.state === "published" && <Countdown until={c.bid_deadline} full />}
      </div>
      {actions && <div className="foot">{actions}</div>}
    </header>
  );
}
