import type { Indicator, IndicatorResponse } from "../../client/views";
import { fill } from "../../text/say";
import { useText } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import { Table, type Column } from "../../ui/Table";

interface Props {
  indicators: { indicator: Indicator; asked: string }[];
  responses: IndicatorResponse[];
  /** Without it the table is only read. */
  onChange?: (no: number, part: Partial<IndicatorResponse>) => void;
}

type Row = Props["indicators"][number];

/** One row per indicator: what is asked beside what the team promises, and why one may believe it. */
export function ResponseTable({ indicators, responses, onChange }: Props) {
  const t = useText();
  const of = (no: number) => responses.find((r) => r.no === no);
  const cell = (key: "promised" | "present" | "basis" | "test_plan" | "deviation", head: string, long?: boolean): Column<Row> => ({
    key,
    head,
    cell: ({ indicator: i }) => {
      const value = of(i.no)?.[key] ?? "";
      const name = fill("{a} · {b}", { a: i.name, b: head });
      if (!onChange) return value || t.ui.none;
      return long ? (
        <textarea className="input cell" rows={2} aria-label={name} value={value} onChange={(e) => onChange(i.no, { [key]: e.target.value })} />
      ) : (
        <input className="input cell" aria-label={name} value={value} onChange={(e) => onChange(i.no, { [key]: e.target.value })} />
      );
    },
  });
  return (
    <Table
      label={t.bid.responses}
      rows={indicators}
      id={(r) => r.indicator.no}
      columns={[
        {
          key: "indicator",
          head: t.indicator.name,
          cell: ({ indicator: i, asked }) => (
            <span>
              {i.no}. {i.name}
              <br />
              <strong className="number">{asked}</strong> {i.knockout && <StateTag tone="seal" label={t.indicator.knockout} />}
            </span>
          ),
        },
        cell("promised", t.bid.promised),
        cell("present", t.bid.present),
        cell("basis", t.bid.basis, true),
        cell("test_plan", t.bid.testPlan, true),
        cell("deviation", t.bid.deviation, true),
      ]}
    />
  );
}
