import type { Bid, Indicator } from "../../client/views";
import { useText } from "../../text/text";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { ResponseTable } from "./ResponseTable";

/** An opened bid, as owner, officer and experts read it. */
export function BidView({ bid, indicators }: { bid: Bid; indicators: { indicator: Indicator; asked: string }[] }) {
  const t = useText();
  const c = bid.content;
  if (!c) return <p className="note">{t.bid.sealed}</p>;
  return (
    <div className="stack loose">
      <Section title={t.bid.responses}>
        <ResponseTable indicators={indicators} responses={c.responses ?? []} />
      </Section>
      {(["route", "plan", "risks", "conversion"] as const).map(
        (key) =>
          c[key] && (
            <Section key={key} title={t.bid[key]}>
              <p className="prose">{c[key]}</p>
            </Section>
          ),
      )}
      <Section title={t.bid.budget}>
        <dl className="pairs card">
          <dt>{t.bid.quote}</dt>
          <dd>{c.quote_fen === undefined ? t.ui.none : <Money fen={c.quote_fen} />}</dd>
          {c.budget && (
            <>
              <dt>{t.bid.equipment}</dt>
              <dd><Money fen={c.budget.equipment_fen} /></dd>
              <dt>{t.bid.business}</dt>
              <dd><Money fen={c.budget.business_fen} /></dd>
              <dt>{t.bid.labour}</dt>
              <dd><Money fen={c.budget.labour_fen} /></dd>
            </>
          )}
          <dt>{t.bid.ip}</dt>
          <dd>{c.ip_accept ? t.bid.ipAccept : (c.ip_counter ?? t.ui.none)}</dd>
        </dl>
      </Section>
      {!!c.partners?.length && (
        <Section title={t.bid.partners}>
          <Table
            label={t.bid.partners}
            rows={c.partners}
            id={(_, i) => i}
            columns={[
              { key: "org", head: t.bid.partner, cell: (p) => p.org },
              { key: "role", head: t.bid.role, cell: (p) => p.role },
              { key: "task", head: t.bid.task, right: true, cell: (p) => `${p.task_pct}%` },
              { key: "money", head: t.bid.money, right: true, cell: (p) => `${p.money_pct}%` },
            ]}
          />
        </Section>
      )}
      {!!c.people?.length && (
        <Section title={t.bid.people}>
          <Table
            label={t.bid.people}
            rows={c.people}
            id={(_, i) => i}
            columns={[
              { key: "name", head: t.bid.person, cell: (p) => p.name },
              { key: "role", head: t.bid.role, cell: (p) => p.role },
              { key: "months", head: t.bid.months, right: true, cell: (p) => p.months },
            ]}
          />
        </Section>
      )}
    </div>
  );
}
