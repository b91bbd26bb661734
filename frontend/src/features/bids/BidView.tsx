import { download } from "../../client/upload";
import type { Bid } from "../../client/views";
import { useText } from "../../text/text";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { FileLink } from "../../ui/FileLink";
import { PromiseTable, type Asked } from "./PromiseTable";
import { useBidFiles } from "./useBidFiles";

const prose = ["summary", "route", "schedule", "risks", "facilities", "conversion"] as const;

/** A bid as it is read: by its unit before sealing, by owner, officer and experts after opening. */
export function BidView({ bid, indicators }: { bid: Bid; indicators: Asked[] }) {
  const t = useText();
  const c = bid.content;
  const files = useBidFiles(bid.id).filter((f) => f.state === "stored" && (c.documents ?? []).includes(f.id));
  if (!c) return <p className="note">{t.bid.sealed}</p>;
  return (
    <div className="stack loose">
      <Section title={t.bid.responses}>
        <PromiseTable indicators={indicators} promises={c.promises ?? []} />
      </Section>
      {prose.map(
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
          <dd>
            <Money fen={c.quote_fen ?? 0} />
          </dd>
          <dt>{t.bid.equipment}</dt>
          <dd>
            <Money fen={c.budget?.equipment_fen ?? 0} />
          </dd>
          <dt>{t.bid.business}</dt>
          <dd>
            <Money fen={c.budget?.business_fen ?? 0} />
          </dd>
          <dt>{t.bid.labour}</dt>
          <dd>
            <Money fen={c.budget?.labour_fen ?? 0} />
          </dd>
          <dt>{t.bid.ip}</dt>
          <dd>{c.ip_accept ? t.bid.ipAccept : c.ip_counter || t.ui.none}</dd>
        </dl>
      </Section>
      {!!c.partners?.length && (
        <Section title={t.bid.partners}>
          <Table
            label={t.bid.partners}
            rows={c.partners}
            id={(_, i) => i}
            columns={[
              { key: "org", head: t.bid.partner, cell: (p) => p.name },
              { key: "role", head: t.bid.role, cell: (p) => p.task },
              { key: "task", head: t.bid.task, right: true, cell: (p) => `${p.task_pct ?? 0}%` },
              { key: "money", head: t.bid.money, right: true, cell: (p) => `${p.money_pct ?? 0}%` },
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
              { key: "months", head: t.bid.months, right: true, cell: (p) => p.months_per_year ?? 0 },
            ]}
          />
        </Section>
      )}
      {files.length > 0 && (
        <Section title={t.bid.files}>
          <ul className="plain-list">
            {files.map((f) => (
              <li key={f.id}>
                <FileLink file={f} get={download} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
