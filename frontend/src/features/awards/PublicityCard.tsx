import type { ReactNode } from "react";
import { api } from "../../client/setup";
import type { Award, AwardSeat } from "../../client/views";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { LastDay, Time } from "../../ui/Time";

/** Who is to win or has won, the days of publicity, who judged; shown to all. */
export function PublicityCard({ challenge, shown, children }: { challenge: string; shown: boolean; children?: ReactNode }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/award", { params: { path: { id: challenge } } }, { enabled: shown });
  const a = query.data;
  if (!a) return null;
  return (
    <section className="card stack" aria-label={t.publicity.title}>
      <div className="row spread">
        <h2>{a.state === "awarded" ? t.award.decided : a.state === "publicity" ? t.publicity.title : t.award.proposed}</h2>
        <StateTag tone={toneOf(a.state)} label={stateLabel(t, "challenge", a.state)} />
      </div>
      <Dates award={a} />
      <Seats label={t.award.winners} seats={a.awards} />
      {a.reserves.length > 0 && (
        <>
          <h3>{t.award.reserveTitle}</h3>
          <Seats label={t.award.reserveTitle} seats={a.reserves} />
        </>
      )}
      {a.passed_over.length > 0 && (
        <>
          <h3>{t.award.passedOver}</h3>
          <ul className="small">
            {a.passed_over.map((p) => (
              <li key={p.bid_code}>
                {p.bid_code}: {p.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {a.panel.length > 0 && (
        <details>
          <summary>
            {t.award.panel} ({a.panel.length})
          </summary>
          <ul className="small columns">
            {a.panel.map((e) => (
              <li key={e.name}>
                {e.name} · {e.unit}
              </li>
            ))}
          </ul>
        </details>
      )}
      {children}
    </section>
  );
}

function Dates({ award: a }: { award: Award }) {
  const t = useText();
  return (
    <dl className="pairs">
      {a.publicity_from && (
        <>
          <dt>{t.award.period}</dt>
          <dd>
            <Time at={a.publicity_from} day /> — <LastDay until={a.publicity_until!} /> · {t.award.workingDays(a.publicity_days)}
            {a.state === "publicity" && (
              <>
                {" · "}
                <Countdown until={a.publicity_until!} />
              </>
            )}
          </dd>
        </>
      )}
      {!a.publicity_from && (
        <>
          <dt>{t.award.period}</dt>
          <dd>{t.award.workingDays(a.publicity_days)}</dd>
        </>
      )}
      {!a.calendar_known && (
        <>
          <dt />
          <dd className="warn-text">{t.award.calendarUnknown}</dd>
        </>
      )}
      {a.open_objections > 0 && (
        <>
          <dt>{t.kinds.objection}</dt>
          <dd className="warn-text">{t.award.openObjections(a.open_objections)}</dd>
        </>
      )}
      {a.decided_at && (
        <>
          <dt>{t.award.decidedAt}</dt>
          <dd>
            <Time at={a.decided_at} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Seats({ label, seats }: { label: string; seats: AwardSeat[] }) {
  const t = useText();
  return (
    <Table
      label={label}
      rows={seats}
      id={(s) => s.bid}
      columns={[
        { key: "place", head: t.ranking.place, cell: (s) => t.ranking.placeNo(s.place) },
        { key: "team", head: t.kinds.team!, cell: (s) => <strong>{s.team}</strong> },
        { key: "unit", head: t.kinds.org!, cell: (s) => s.unit },
        { key: "panel", head: t.parts.panel!, right: true, cell: (s) => s.panel.toFixed(2) },
        { key: "total", head: t.parts.total!, right: true, cell: (s) => <strong>{s.total.toFixed(2)}</strong> },
      ]}
    />
  );
}
