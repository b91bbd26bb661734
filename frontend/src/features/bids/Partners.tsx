import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { NumberInput, TextInput } from "../../ui/inputs";
import { Meter } from "../../ui/Meter";
import { Section } from "../../ui/Section";
import type { Part } from "./BidForm";

/** Who shares the work; the lead team's unit stands first, shares come to 100 %. */
export function Partners({ content, set }: Part) {
  const t = useText();
  const rows = content.partners ?? [];
  const put = (i: number, part: Partial<(typeof rows)[number]>) => set({ partners: rows.map((r, n) => (n === i ? { ...r, ...part } : r)) });
  const sum = (key: "task_pct" | "money_pct") => rows.reduce((n, r) => n + (r[key] ?? 0), 0);
  return (
    <Section title={t.bid.partners}>
      {rows.map((r, i) => (
        <div key={i} className="form-grid card">
          <TextInput label={t.bid.partner} value={r.name ?? ""} onChange={(name) => put(i, { name })} readOnly={!!r.org} />
          <TextInput label={t.bid.role} value={r.task ?? ""} onChange={(task) => put(i, { task })} />
          <NumberInput label={t.bid.task} unit="%" value={r.task_pct} onChange={(task_pct) => put(i, { task_pct })} />
          <NumberInput label={t.bid.money} unit="%" value={r.money_pct} onChange={(money_pct) => put(i, { money_pct })} />
          {i > 0 && (
            <Button small look="quiet" onClick={() => set({ partners: rows.filter((_, n) => n !== i) })}>
              {t.ui.remove}
            </Button>
          )}
        </div>
      ))}
      {rows.length > 0 && (
        <div className="form-grid">
          <Meter label={t.bid.task} value={sum("task_pct")} goal={100} unit="%" />
          <Meter label={t.bid.money} value={sum("money_pct")} goal={100} unit="%" />
        </div>
      )}
      <div>
        <Button small onClick={() => set({ partners: [...rows, {}] })}>
          {t.bid.addPartner}
        </Button>
      </div>
    </Section>
  );
}
