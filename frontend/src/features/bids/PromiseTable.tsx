import type { Indicator, PromiseInput } from "../../client/views";
import { fill } from "../../text/say";
import { unitText } from "../../text/indicator";
import { useText } from "../../text/text";
import { NumberCell, TextCell } from "../../ui/cells";
import { StateTag } from "../../ui/StateTag";
import { Table, type Column } from "../../ui/Table";

/** An indicator with the words of what it asks. */
export interface Asked {
  indicator: Indicator;
  asked: string;
}

interface Props {
  indicators: Asked[];
  promises: PromiseInput[];
  /** Without it the table is only read. */
  onChange?: (indicator: string, part: Partial<PromiseInput>) => void;
}

export const keyOf = (i: Indicator): string => i.id;

/** One row per indicator: what is asked beside what the team promises, and why one may believe it. */
export function PromiseTable({ indicators, promises, onChange }: Props) {
  const t = useText();
  const of = (i: Indicator) => promises.find((p) => p.indicator === keyOf(i));
  const name = (i: Indicator, head: string) => fill("{a} · {b}", { a: i.name, b: head });

  const text = (key: "present" | "basis" | "test_plan" | "deviation", head: string, lines = 2): Column<Asked> => ({
    key,
    head,
    cell: ({ indicator: i }) => {
      const value = of(i)?.[key] ?? "";
      return onChange ? <TextCell label={name(i, head)} lines={lines} value={value} onChange={(v) => onChange(keyOf(i), { [key]: v })} /> : value || t.ui.none;
    },
  });

  const promised = ({ indicator: i }: Asked) => {
    const p = of(i);
    if (!onChange) return <strong className="number">{promisedText(i, p) || t.ui.none}</strong>;
    const put = (part: Partial<PromiseInput>) => onChange(keyOf(i), part);
    if (i.op === "meets") return <TextCell label={name(i, t.bid.promised)} value={p?.text ?? ""} onChange={(v) => put({ text: v })} />;
    if (i.op === "range")
      return (
        <span className="row">
          <NumberCell label={name(i, t.indicator.min)} value={p?.value_min} onChange={(value_min) => put({ value_min })} />
          <NumberCell label={name(i, t.indicator.max)} value={p?.value_max} onChange={(value_max) => put({ value_max })} unit={unitText(i.unit).trim()} />
        </span>
      );
    return <NumberCell label={name(i, t.bid.promised)} value={p?.value} onChange={(value) => put({ value })} unit={unitText(i.unit).trim()} />;
  };

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
        { key: "promised", head: t.bid.promised, cell: promised },
        text("present", t.bid.present, 1),
        text("basis", t.bid.basis),
        text("test_plan", t.bid.testPlan),
        text("deviation", t.bid.deviation),
      ]}
    />
  );
}

/** What is promised for an indicator, as one reads it. */
export function promisedText(i: Pick<Indicator, "op" | "unit">, p: Pick<PromiseInput, "text" | "value" | "value_min" | "value_max"> | undefined): string {
  if (!p) return "";
  const unit = unitText(i.unit);
  if (i.op === "meets") return p.text ?? "";
  if (i.op === "range") return p.value_min === undefined && p.value_max === undefined ? "" : `${p.value_min ?? "?"}–${p.value_max ?? "?"}${unit}`;
  return p.value === undefined ? "" : `${p.value}${unit}`;
}
