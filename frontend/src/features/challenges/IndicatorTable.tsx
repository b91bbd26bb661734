import type { Indicator } from "../../client/views";
import { useText } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { asked } from "../../text/indicator";

/** The measurable promises a challenge asks for. */
export function IndicatorTable({ indicators }: { indicators: Indicator[] }) {
  const t = useText();
  return (
    <Table
      label={t.detail.indicators}
      rows={indicators}
      id={(i) => i.no}
      columns={[
        {
          key: "name",
          head: t.indicator.name,
          cell: (i) => (
            <span>
              {i.no}. {i.name} {i.knockout && <StateTag tone="seal" label={t.indicator.knockout} />}
            </span>
          ),
        },
        { key: "asked", head: t.indicator.asked, cell: (i) => <strong className="number">{asked(i)}</strong> },
        ...(indicators.some((i) => i.baseline) ? [{ key: "baseline", head: t.indicator.baseline, cell: (i: Indicator) => i.baseline || t.ui.none }] : []),
        { key: "test", head: t.indicator.test, cell: (i) => <span className="small">{[i.test_method, i.tested_by && i.tested_by !== i.test_method ? i.tested_by : ""].filter(Boolean).join(" · ")}</span> },
        {
          key: "weight",
          head: t.indicator.weight,
          right: true,
          cell: (i) => (
            <span className="bar-cell">
              <span className="mini" aria-hidden="true">
                <span style={{ width: `${Math.min(100, i.weight * 2.5)}%` }} />
              </span>
              {i.weight}
            </span>
          ),
        },
      ]}
    />
  );
}
