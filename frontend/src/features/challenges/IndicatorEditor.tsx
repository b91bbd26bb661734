import type { IndicatorBody } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, NumberInput, Select, TextInput } from "../../ui/inputs";
import type { FaultOf } from "./DraftForm";
import { Meter } from "../../ui/Meter";

interface Props {
  indicators: IndicatorBody[];
  /** Of a need: what is to be measured, not yet how much it counts. */
  unweighted?: boolean;
  fault: FaultOf;
  onChange: (indicators: IndicatorBody[]) => void;
}

const ops = [">=", "<=", "=", "range", "meets"] as const;

/** Typed indicators: the relation decides which values are asked. */
export function IndicatorEditor({ indicators, unweighted, fault, onChange }: Props) {
  const t = useText();
  const put = (i: number, part: Partial<IndicatorBody>) => onChange(indicators.map((x, n) => (n === i ? { ...x, ...part } : x)));
  return (
    <div className="stack">
      {indicators.map((x, i) => (
        <fieldset key={i} className="card stack tight">
          <legend className="visually-hidden">{`${t.indicator.name} ${i + 1}`}</legend>
          <div className="form-grid">
            <TextInput label={`${i + 1}. ${t.indicator.name}`} value={x.name ?? ""} onChange={(name) => put(i, { name })} {...fault(`indicators[${i}].name`)} />
            <Select
              label={t.indicator.op}
              value={x.op ?? ""}
              onChange={(op) => put(i, { op: op as (typeof ops)[number] })}
              choices={ops.map((op) => ({ value: op, label: t.enums.op![op]! }))}
            />
            {x.op === "meets" ? (
              <TextInput label={t.indicator.text} value={x.value_text ?? ""} onChange={(value_text) => put(i, { value_text })} {...fault(`indicators[${i}].value_text`)} />
            ) : x.op === "range" ? (
              <>
                <NumberInput label={t.indicator.min} value={x.value_min} onChange={(value_min) => put(i, { value_min })} {...fault(`indicators[${i}].value_min`)} />
                <NumberInput label={t.indicator.max} value={x.value_max} onChange={(value_max) => put(i, { value_max })} {...fault(`indicators[${i}].value_max`)} />
              </>
            ) : (
              <NumberInput label={t.indicator.value} value={x.value} onChange={(value) => put(i, { value })} {...fault(`indicators[${i}].value`)} />
            )}
            {x.op !== "meets" && <TextInput label={t.indicator.unit} value={x.unit ?? ""} onChange={(unit) => put(i, { unit })} />}
            <TextInput label={t.indicator.baseline} value={x.baseline ?? ""} onChange={(baseline) => put(i, { baseline })} />
            <TextInput label={t.indicator.test} value={x.test_method ?? ""} onChange={(test_method) => put(i, { test_method })} {...fault(`indicators[${i}].test_method`)} />
            <TextInput label={t.indicator.by} value={x.tested_by ?? ""} onChange={(tested_by) => put(i, { tested_by })} {...fault(`indicators[${i}].tested_by`)} />
            {!unweighted && <NumberInput label={t.indicator.weight} value={x.weight} onChange={(weight) => put(i, { weight: weight ?? 0 })} {...fault(`indicators[${i}].weight`)} />}
          </div>
          <div className="row spread">
            {unweighted ? <span /> : <Check label={t.indicator.knockout} checked={x.knockout ?? false} onChange={(knockout) => put(i, { knockout })} />}
            <Button small look="quiet" onClick={() => onChange(indicators.filter((_, n) => n !== i))}>
              {t.draft.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      {!unweighted && <Meter label={t.draft.weightSum} value={indicators.reduce((n, x) => n + (x.weight ?? 0), 0)} goal={100} />}
      {fault("indicators") && <p className="bad-text small">{fault("indicators")!.error}</p>}
      <div>
        <Button small onClick={() => onChange([...indicators, { name: "", op: ">=", test_method: "", ...(!unweighted && { weight: 0, knockout: false }) }])}>
          {t.draft.addIndicator}
        </Button>
      </div>
    </div>
  );
}
