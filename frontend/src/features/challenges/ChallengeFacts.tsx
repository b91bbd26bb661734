import { Link } from "@tanstack/react-router";
import type { Challenge } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Money } from "../../ui/Money";
import { Time } from "../../ui/Time";
import { useUi } from "../../ui/words";

/** The side column: dates with the one that comes next marked, readiness, money, terms. */
export function ChallengeFacts({ challenge: c, signedIn }: { challenge: Challenge; signedIn: boolean }) {
  const { t, language } = useLanguage();
  const { clockOffset } = useUi();
  const dates = [
    { name: t.detail.publishAt, at: c.published_at },
    { name: t.detail.clarify, at: c.clarify_until },
    { name: t.detail.deadline, at: c.bid_deadline },
    { name: t.detail.openAt, at: c.open_at },
    { name: t.publicity.from, at: c.publicity_from },
    { name: t.publicity.until, at: c.publicity_until },
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
                {i === next && (
                  <>
                    <br />
                    <Countdown until={d.at!} />
                  </>
                )}
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
          {c.from_need && (
            <Pair name={t.detail.fromNeed}>
              {c.from_need.id ? (
                <Link to="/needs/$id" params={{ id: c.from_need.id }}>
                  {c.from_need.title}
                </Link>
              ) : (
                c.from_need.title
              )}{" "}
              <span className="mono small">{c.from_need.code}</span>
            </Pair>
          )}
          <Pair name={t.detail.nature}>{label(t.enums.nature, c.nature)}</Pair>
          {c.chain && (
            <Pair name={t.detail.chain}>
              {named(c.chain, language)}
              {c.chain_node && ` · ${c.chain_node}`}
            </Pair>
          )}
          <Pair name={t.detail.mode}>
            {label(t.enums.competition_mode, c.competition_mode)}
            {c.competition_mode === "horse_race" && ` · ${t.detail.lanes(c.max_lanes)}`}
            {c.eliminate_at > 0 && ` · ${t.detail.lanesEliminate(c.eliminate_at)}`}
          </Pair>
          <Pair name={t.detail.selection}>{label(t.enums.selection_mode, c.selection_mode)}</Pair>
          <Pair name={t.detail.confidentiality}>{label(t.enums.confidentiality, c.confidentiality)}</Pair>
          {c.max_liability_fen > 0 && (
            <Pair name={t.detail.liability}>
              <Money fen={c.max_liability_fen} />
            </Pair>
          )}
          {(["gbt4754", "sei", "discipline", "ipc"] as const).map(
            (key) =>
              c.codes[key].length > 0 && (
                <Pair key={key} name={t.detail[key]}>
                  <span className="mono small">{c.codes[key].join(", ")}</span>
                </Pair>
              ),
          )}
        </dl>
      </section>
      {(c.contact?.name || !signedIn) && (
        <section className="card" aria-label={t.detail.contact}>
          <h2>{t.detail.contact}</h2>
          {c.contact?.name ? (
            <dl className="pairs">
              <Pair name={t.account.name}>{c.contact.name}</Pair>
              {c.contact.phone && <Pair name={t.detail.phone}>{c.contact.phone}</Pair>}
              {c.contact.email && <Pair name={t.fields.email!}>{c.contact.email}</Pair>}
            </dl>
          ) : (
            <p className="muted small">{t.detail.askSignIn}</p>
          )}
        </section>
      )}
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
