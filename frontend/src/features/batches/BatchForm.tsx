import { useState } from "react";
import { useAct } from "../../client/act";
import { body, client, idempotent, ifMatch } from "../../client/setup";
import type { Batch, BatchBody, Criterion } from "../../client/views";
import { useListText } from "../../text/list";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { Check, NumberInput, Select, TextArea, TextInput } from "../../ui/inputs";
import { Meter } from "../../ui/Meter";

type Rules = NonNullable<BatchBody["rules"]>;
const noRules: Rules = { type: "", selection_mode: "", blind: "", max_bids_per_org: 0 };

interface Props {
  batch?: Batch;
  /** A batch whose rules to begin with. */
  like?: Batch;
  onClose: () => void;
}

/** A call with the rules under which its challenges are judged. */
export function BatchForm({ batch: b, like, onClose }: Props) {
  const t = useText();
  const l = useListText();
  const from = b ?? like;
  const [v, setV] = useState<BatchBody>(() => ({
    title: b?.title ?? "", programme: b?.programme ?? from?.programme ?? "", region: from?.region ?? "210000", region_code: from?.region_code ?? "", year: from?.year ?? new Date().getFullYear(), no: b?.no ?? (like ? like.no + 1 : 1),
    publicity_days: from?.publicity_days ?? 5, in_province_only: from?.in_province_only ?? false, needs_recommendation: from?.needs_recommendation ?? false, criteria: from?.criteria ?? [], weights: from?.weights ?? { panel: 70, owner: 20, match: 10 }, ...(from && { panel: from.panel, rules: from.rules, min_quality: from.min_quality, need_sheets: from.need_sheets, conflict_rules: from.conflict_rules }),
  }));
  const set = (part: Partial<BatchBody>) => setV({ ...v, ...part });
  const criteria = v.criteria ?? [];
  const weights = v.weights!;
  const put = (i: number, part: Partial<Criterion>) => set({ criteria: criteria.map((c, n) => (n === i ? { ...c, ...part } : c)) });
  const save = useAct(
    async (_: void, key) =>
      b ? body(await client.PUT("/api/v1/batches/{id}", { params: { path: { id: b.id }, header: ifMatch(b) }, body: v })) : body(await client.POST("/api/v1/batches", { body: v, headers: idempotent(key) })),
    onClose,
  );
  const error = useErrors(save.problem);
  return (
    <FormDialog title={b ? t.actions["batch.edit"]! : t.batches.create} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem}>
      <TextInput label={t.register.name} required maxLength={100} value={v.title} onChange={(title) => set({ title })} error={error("title")} />
      <div className="form-grid">
        <NumberInput label={t.batches.year} required value={v.year} onChange={(n) => set({ year: n ?? 0 })} error={error("year")} />
        <NumberInput label={t.batches.no} required value={v.no} onChange={(n) => set({ no: n ?? 0 })} error={error("no")} />
        <TextInput label={t.batches.region} required maxLength={6} value={v.region} onChange={(region) => set({ region })} error={error("region")} />
        <TextInput label={t.batches.regionCode} required maxLength={6} hint={t.batches.regionCodeHint} value={v.region_code} onChange={(x) => set({ region_code: x.toUpperCase() })} error={error("region_code")} />
        <TextInput label={t.batches.programme} value={v.programme ?? ""} onChange={(programme) => set({ programme })} error={error("programme")} />
        <NumberInput label={t.batches.days} value={v.publicity_days} onChange={(n) => set({ publicity_days: n ?? 5 })} error={error("publicity_days")} />
      </div>
      <Check label={t.units.needsRecommendation} checked={v.needs_recommendation ?? false} onChange={(needs_recommendation) => set({ needs_recommendation })} />
      <Check label={t.batches.inProvince} checked={v.in_province_only ?? false} onChange={(in_province_only) => set({ in_province_only })} />
      <div className="form-grid">
        <Select
          label={l.rules.blind}
          value={v.rules?.blind ?? ""}
          onChange={(blind) => set({ rules: { ...noRules, ...v.rules, blind: blind as Rules["blind"] } })}
          choices={(["", "names", "both"] as const).map((value) => ({ value, label: t.scoring.modes[value]! }))}
        />
      </div>
      <fieldset className="stack tight">
        <legend>{t.batches.weights}</legend>
        <div className="form-grid">
          <NumberInput label={t.batches.weightPanel} unit="%" value={weights.panel} onChange={(n) => set({ weights: { ...weights, panel: n ?? 0 } })} error={error("weights.panel") ?? error("weights")} />
          <NumberInput label={t.batches.weightOwner} unit="%" value={weights.owner} onChange={(n) => set({ weights: { ...weights, owner: n ?? 0 } })} />
          <NumberInput label={t.batches.weightMatch} unit="%" value={weights.match} onChange={(n) => set({ weights: { ...weights, match: n ?? 0 } })} />
        </div>
        <Meter label={t.draft.weightSum} value={weights.panel + weights.owner + weights.match} goal={100} unit="%" />
        {v.panel && (
          <Select
            label={t.firm.aggregate}
            value={v.panel.aggregate ?? "mean"}
            onChange={(aggregate) => set({ panel: { ...v.panel!, aggregate: aggregate as "mean" | "calibrated" } })}
            choices={(["mean", "calibrated"] as const).map((value) => ({ value, label: t.firm.aggregates[value] }))}
          />
        )}
      </fieldset>
      <fieldset className="stack">
        <legend>{t.batches.criteria}</legend>
        {criteria.map((c, i) => (
          <div key={i} className="card stack tight">
            <div className="form-grid">
              <TextInput label={t.batches.nameZh} required value={c.name_zh} onChange={(name_zh) => put(i, { name_zh })} error={error(`criteria[${i}].name_zh`)} />
              <TextInput label={t.batches.nameEn} value={c.name_en} onChange={(name_en) => put(i, { name_en })} />
              <TextInput label={t.batches.code} required value={c.code} onChange={(code) => put(i, { code })} error={error(`criteria[${i}].code`)} />
              <NumberInput label={t.review.weight} value={c.weight} onChange={(n) => put(i, { weight: n ?? 0 })} error={error(`criteria[${i}].weight`)} />
            </div>
            <TextArea label={t.batches.guidance} rows={2} maxLength={600} value={c.guidance} onChange={(guidance) => put(i, { guidance })} />
            <div>
              <Button small look="quiet" onClick={() => set({ criteria: criteria.filter((_, n) => n !== i) })}>
                {t.ui.remove}
              </Button>
            </div>
          </div>
        ))}
        {criteria.length > 0 && <Meter label={t.draft.weightSum} value={criteria.reduce((n, c) => n + c.weight, 0)} goal={100} />}
        <div>
          <Button small onClick={() => set({ criteria: [...criteria, { code: `c${criteria.length + 1}`, name_zh: "", name_en: "", weight: 10, guidance: "" }] })}>
            {t.batches.addCriterion}
          </Button>
        </div>
      </fieldset>
    </FormDialog>
  );
}
