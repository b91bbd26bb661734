import type { ReactNode } from "react";
import type { ChallengeCard } from "../../client/views";
import { label, named, stateLabel, toneOf } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** One challenge of the public list. The page says where its title leads. */
export function ChallengeRow({ challenge: c, title }: { challenge: ChallengeCard; title: ReactNode }) {
  const { t, language } = useLanguage();
  return (
    <li className="challenge-row">
      <div>
        <h2>{title}</h2>
        <p className="where">
          {c.code && <span className="mono">{c.code} · </span>}
          {c.owner.name} · {c.city}
          {c.found_in && c.found_in.length > 0 && ` · ${t.list.foundIn(c.found_in.map((place) => label(t.list.places, place)).join(t.ui.comma))}`}
        </p>
        <div className="tags">
          <StateTag tone={toneOf(c.state)} label={stateLabel(t, "challenge", c.state)} />
          {c.competition_mode === "horse_race" && <StateTag tone="ink" label={label(t.enums.competition_mode, c.competition_mode)} />}
          {c.chain && <StateTag label={named(c.chain, language)} />}
          {c.tags.slice(0, 3).map((tag) => (
            <StateTag key={tag.code} label={named(tag, language)} />
          ))}
          <StateTag label={t.list.trl(c.trl_current, c.trl_target)} />
        </div>
      </div>
      <div className="side">
        <span className="bounty">{c.honor_only ? t.list.honor : <Money fen={c.bounty_fen} />}</span>
        {c.bid_deadline && (
          <span className="small">
            {c.state === "published" ? <Countdown until={c.bid_deadline} /> : t.list.deadline} <br />
            <Time at={c.bid_deadline} />
          </span>
        )}
      </div>
    </li>
  );
}
