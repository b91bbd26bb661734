import type { MilestoneBody } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Check, NumberInput, TextInput } from "../../ui/inputs";
import type { FaultOf } from "./DraftForm";
import { Meter } from "../../ui/Meter";

interface Props {
  milestones: MilestoneBody[];
  race: boolean;
  fault: FaultOf;
  onChange: (milestones: MilestoneBody[]) => void;
}

export function MilestoneEditor({ milestones, race, fault, onChange }: Props) {
  const t = useText();
  const put = (i: number, part: Partial<MilestoneBody>) => onChange(milestones.map((m, n) => (n === i ? { ...m, ...part } : m)));
  return (
    <div className="stack">
      {milestones.map((m, i) => (
        <fieldset key={i} className="card stack tight">
          <div className="form-grid">
            <TextInput label={`${i + 1}. ${t.draft.milestoneName}`} value={m.name ?? ""} onChange={(name) => put(i, { name })} {...fault(`milestones[${i}].name`)} />
            <NumberInput label={t.draft.dueMonth} value={m.due_month} onChange={(v) => put(i, { due_month: v ?? 0 })} {...fault(`milestones[${i}].due_month`)} />
            <NumberInput label={t.draft.pay} unit="%" value={m.payment_pct} onChange={(v) => put(i, { payment_pct: v ?? 0 })} {...fault(`milestones[${i}].payment_pct`)} />
            <TextInput label={t.milestone.exit} value={m.exit ?? ""} onChange={(exit) => put(i, { exit })} {...fault(`milestones[${i}].exit`)} />
          </div>
          <div className="row spread">
            {race ? <Check label={t.draft.eliminates} checked={m.eliminates ?? false} onChange={(eliminates) => put(i, { eliminates })} /> : <span />}
            <Button small look="quiet" onClick={() => onChange(milestones.filter((_, n) => n !== i))}>
              {t.draft.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      <Meter label={t.draft.paySum} value={milestones.reduce((n, m) => n + (m.payment_pct ?? 0), 0)} goal={100} unit="%" />
      {fault("milestones") && <p className="bad-text small">{fault("milestones")!.error}</p>}
      <div>
        <Button small onClick={() => onChange([...milestones, { name: "", exit: "" }])}>
          {t.draft.addMilestone}
        </Button>
      </div>
    </div>
  );
}
