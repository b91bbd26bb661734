import type { Challenge } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Money } from "../../ui/Money";
import { Time } from "../../ui/Time";
import { useUi } from "../../ui/words";

/** The side column: dates with the one that comes next marked, readiness, money, terms. */
export function ChallengeFacts({ challenge: c }: { challenge: Challenge }) {
  const { t, language } = useLanguage();
  const { clockOffset } = useUi();
  const dates = [
    { name: t.detail.publishAt, at: c.published_at },
    { name: t.detail.clarify, at: c.clarify_until },
    { name: t.detail.deadline, at: c.bid_deadline },
    { name: t.detail.openAt, at: c.open_at },
  ].filter((d) => d.at);
  // eslint-disable-next-line react-hooks/purity -- which date comes next may be a render late
  const now = Date.now() + clockOffset;
  const next = dates.findIndex((d) => Date.parse(d.at!) > now);
  return (
    <div className="stack">
      {dates.length > 0 && (
        <section className="card" aria-label={t.detail.timeline}>
          <h2>
            {t.detail.timeline} <span className="muted small">{t.ui.zone}</span>
          </h2>
          <ol className="steps">
            {dates.map((d, i) => (
              <li key={d.name} className={i === next ? "now" : next === -1 || i < next ? "done" : ""} aria-current={i === next ? "step" : undefined}>
                {d.name}
                <br />
                <span className="muted small">
                  <Time at={d.at} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="card" aria-label={t.detail.trl}>
        <h2>{t.detail.trl}</h2>
        <div className="trl" role="img" aria-label={t.list.trl(c.trl_current, c.trl_target)}>
          {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => (
            <span key={n} className={n === c.trl_current ? "now" : n === c.trl_target ? "target" : n > c.trl_current && n < c.trl_target ? "way" : ""}>
              {n}
            </span>
          ))}
        </div>
      </section>
      <section className="card" aria-label={t.detail.money}>
        <h2>{t.detail.money}</h2>
        <dl className="pairs">
          <dt>{t.list.bounty}</dt>
          <dd>{c.honor_only ? t.list.honor : <Money fen={c.bounty_fen} />}</dd>
          <dt>{t.detail.total}</dt>
          <dd>
            <Money fen={c.total_investment_fen} />
          </dd>
          {(["owner", "province", "city", "other"] as const).map(
            (source) =>
              !!c.funding?.[`${source}_fen`] && (
                <Pair key={source} name={label(t.enums.funding, source)}>
                  <Money fen={c.funding[`${source}_fen`]} />
                </Pair>
              ),
          )}
          <dt>{t.detail.term}</dt>
          <dd>{t.detail.months(c.term_months)}</dd>
        </dl>
      </section>
      <section className="card" aria-label={t.draft.basics}>
        <h2>{t.draft.basics}</h2>
        <dl className="pairs">
          <Pair name={t.detail.nature}>{label(t.enums.nature, c.nature)}</Pair>
          {c.chain && <Pair name={t.detail.chain}>{named(c.chain, language)}</Pair>}
          <Pair name={t.detail.mode}>{label(t.enums.competition_mode, c.competition_mode)}</Pair>
          <Pair name={t.detail.selection}>{label(t.enums.selection_mode, c.selection_mode)}</Pair>
          <Pair name={t.detail.confidentiality}>{label(t.enums.confidentiality, c.confidentiality)}</Pair>
        </dl>
      </section>
    </div>
  );
}

function Pair({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
