import type { MilestonePlan } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, NumberInput, TextInput } from "../../ui/inputs";
import { Meter } from "../../ui/Meter";

interface Props {
  milestones: MilestonePlan[];
  race: boolean;
  onChange: (milestones: MilestonePlan[]) => void;
}

export function MilestoneEditor({ milestones, race, onChange }: Props) {
  const t = useText();
  const put = (i: number, part: Partial<MilestonePlan>) => onChange(milestones.map((m, n) => (n === i ? { ...m, ...part } : m)));
  const numbered = (list: MilestonePlan[]) => list.map((m, n) => ({ ...m, seq: n + 1 }));
  return (
    <div className="stack">
      {milestones.map((m, i) => (
        <fieldset key={i} className="card stack tight">
          <div className="form-grid">
            <TextInput label={`${i + 1}. ${t.draft.milestoneName}`} value={m.name} onChange={(name) => put(i, { name })} />
            <NumberInput label={t.draft.dueMonth} value={m.due_month} onChange={(v) => put(i, { due_month: v ?? 0 })} />
            <NumberInput label={t.draft.pay} unit="%" value={m.payment_pct} onChange={(v) => put(i, { payment_pct: v ?? 0 })} />
            <TextInput label={t.milestone.exit} value={m.exit} onChange={(exit) => put(i, { exit })} />
          </div>
          <div className="row spread">
            {race ? <Check label={t.draft.eliminates} checked={m.eliminates} onChange={(eliminates) => put(i, { eliminates })} /> : <span />}
            <Button small look="quiet" onClick={() => onChange(numbered(milestones.filter((_, n) => n !== i)))}>
              {t.draft.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      <Meter label={t.draft.paySum} value={milestones.reduce((n, m) => n + m.payment_pct, 0)} goal={100} unit="%" />
      <div>
        <Button small onClick={() => onChange(numbered([...milestones, { seq: 0, name: "", due_month: 0, payment_pct: 0, eliminates: false, exit: "" }]))}>
          {t.draft.addMilestone}
        </Button>
      </div>
    </div>
  );
}
