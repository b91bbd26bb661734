import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { asProblem } from "../../client/problem";
import type { ReviewSheet } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** Every sheet of every bid; closed to all until the last one is in. */
export function ReviewSheets({ challenge }: { challenge: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/reviews", { params: { path: { id: challenge } } });
  if (query.error && asProblem(query.error).code === "review.not_all_in") return <Empty title={t.review.closed}>{t.review.closedHint}</Empty>;
  return (
    <Loaded query={query}>
      {({ items }) => {
        const bids = [...new Map(items.map((s) => [s.bid, `${s.bid_code} · ${s.team}`]))];
        return bids.length ? (
          <div className="stack loose">
            <div className="row end">
              <ExportMenu save={exporter("/api/v1/challenges/{id}/reviews", { path: { id: challenge } })} />
            </div>
            {bids.map(([bid, name]) => (
              <Sheets key={bid} name={name} sheets={items.filter((s) => s.bid === bid)} />
            ))}
          </div>
        ) : (
          <Empty title={t.ui.nothing} />
        );
      }}
    </Loaded>
  );
}

function Sheets({ name, sheets }: { name: string; sheets: ReviewSheet[] }) {
  const t = useText();
  const criteria = (sheets[0]?.scores ?? []).map((s) => s.criterion);
  return (
    <Section title={name}>
      <Table
        label={name}
        rows={sheets}
        id={(s) => s.assignment}
        columns={[
          { key: "who", head: t.kinds.expert!, cell: (s) => s.expert || s.alias },
          ...criteria.map((code) => ({ key: code, head: label(t.parts, code), right: true, cell: (s: ReviewSheet) => s.scores.find((x) => x.criterion === code)?.points ?? t.ui.none })),
          { key: "total", head: t.review.total, right: true, cell: (s) => <strong>{s.total.toFixed(1)}</strong> },
          { key: "rec", head: t.review.recommend, cell: (s) => <StateTag tone={s.recommend ? "good" : "plain"} label={s.recommend ? t.yes : t.no} /> },
        ]}
      />
      <details>
        <summary className="small">{t.review.comments}</summary>
        <ul className="small">
          {sheets.map((s) => (
            <li key={s.assignment}>
              <strong>{s.expert || s.alias}</strong>: {s.comment || t.ui.none}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
