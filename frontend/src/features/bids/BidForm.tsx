import { upload } from "../../client/upload";
import { useAct } from "../../client/act";
import type { BidContent, Indicator, IndicatorResponse } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { FileDrop } from "../../ui/FileDrop";
import { Check, MoneyInput, NumberInput, TextArea, TextInput } from "../../ui/inputs";
import { Meter } from "../../ui/Meter";
import { Money } from "../../ui/Money";
import { Section } from "../../ui/Section";
import { ResponseTable } from "./ResponseTable";

interface Props {
  content: BidContent;
  indicators: { indicator: Indicator; asked: string }[];
  disabled: boolean;
  onChange: (content: BidContent) => void;
}

/** The bid as the team writes it, in the order a reader takes it. */
export function BidForm({ content, indicators, disabled, onChange }: Props) {
  const t = useText();
  const set = (part: Partial<BidContent>) => onChange({ ...content, ...part });
  const budget = content.budget ?? { equipment_fen: 0, business_fen: 0, labour_fen: 0 };
  const heads = budget.equipment_fen + budget.business_fen + budget.labour_fen;
  const answer = (no: number, part: Partial<IndicatorResponse>) => {
    const rows = content.responses ?? [];
    const old = rows.find((r) => r.no === no) ?? { no };
    set({ responses: [...rows.filter((r) => r.no !== no), { ...old, ...part }].sort((a, b) => a.no - b.no) });
  };
  const add = useAct(async (files: File[]) => set({ files: [...(content.files ?? []), ...(await Promise.all(files.map(upload)))] }));

  return (
    <fieldset disabled={disabled} className="stack loose">
      <Section title={t.bid.responses} side={t.bid.responsesHint}>
        <ResponseTable indicators={indicators} responses={content.responses ?? []} onChange={answer} />
      </Section>
      <Section title={t.bid.route}>
        <TextArea label={t.bid.route} maxLength={8000} rows={8} value={content.route ?? ""} onChange={(route) => set({ route })} />
        <TextArea label={t.bid.plan} value={content.plan ?? ""} onChange={(plan) => set({ plan })} />
        <TextArea label={t.bid.risks} value={content.risks ?? ""} onChange={(risks) => set({ risks })} />
      </Section>
      <Partners content={content} set={set} />
      <People content={content} set={set} />
      <Section title={t.bid.budget} side={t.bid.budgetSum}>
        <div className="form-grid card">
          <MoneyInput label={t.bid.quote} required fen={content.quote_fen} onChange={(quote_fen) => set({ quote_fen })} />
          <MoneyInput label={t.bid.equipment} fen={budget.equipment_fen} onChange={(v) => set({ budget: { ...budget, equipment_fen: v ?? 0 } })} />
          <MoneyInput label={t.bid.business} fen={budget.business_fen} onChange={(v) => set({ budget: { ...budget, business_fen: v ?? 0 } })} />
          <MoneyInput label={t.bid.labour} fen={budget.labour_fen} onChange={(v) => set({ budget: { ...budget, labour_fen: v ?? 0 } })} />
          <p className={`wide ${heads === (content.quote_fen ?? 0) ? "muted" : "field"}`}>
            <span className={heads === (content.quote_fen ?? 0) ? "" : "error"}>
              Σ <Money fen={heads} /> / <Money fen={content.quote_fen ?? 0} />
            </span>
          </p>
        </div>
      </Section>
      <Section title={t.bid.ip}>
        <Check label={t.bid.ipAccept} checked={content.ip_accept ?? false} onChange={(ip_accept) => set({ ip_accept })} />
        {!content.ip_accept && <TextArea label={t.bid.ipCounter} value={content.ip_counter ?? ""} onChange={(ip_counter) => set({ ip_counter })} />}
        <TextArea label={t.bid.conversion} value={content.conversion ?? ""} onChange={(conversion) => set({ conversion })} />
      </Section>
      <Section title={t.bid.files}>
        <ul className="plain-list">
          {(content.files ?? []).map((f) => (
            <li key={f.id} className="row">
              {f.name} <span className="muted small number">{Math.ceil(f.size / 1024)} KB</span>
              <Button small look="quiet" onClick={() => set({ files: (content.files ?? []).filter((x) => x.id !== f.id) })}>
                {t.ui.remove}
              </Button>
            </li>
          ))}
        </ul>
        <FileDrop label={t.bid.upload} busy={add.pending} onFiles={(files) => void add.run(files)} />
        <ErrorNote failure={add.problem} />
      </Section>
      <Check label={t.bid.commitment} checked={content.commitment ?? false} onChange={(commitment) => set({ commitment })} />
    </fieldset>
  );
}

interface Part {
  content: BidContent;
  set: (part: Partial<BidContent>) => void;
}

function Partners({ content, set }: Part) {
  const t = useText();
  const rows = content.partners ?? [];
  const put = (i: number, part: Partial<(typeof rows)[number]>) => set({ partners: rows.map((r, n) => (n === i ? { ...r, ...part } : r)) });
  const sum = (key: "task_pct" | "money_pct") => rows.reduce((n, r) => n + r[key], 0);
  return (
    <Section title={t.bid.partners}>
      {rows.map((r, i) => (
        <div key={i} className="form-grid card">
          <TextInput label={t.bid.partner} value={r.org} onChange={(org) => put(i, { org })} />
          <TextInput label={t.bid.role} value={r.role} onChange={(role) => put(i, { role })} />
          <NumberInput label={t.bid.task} unit="%" value={r.task_pct} onChange={(v) => put(i, { task_pct: v ?? 0 })} />
          <NumberInput label={t.bid.money} unit="%" value={r.money_pct} onChange={(v) => put(i, { money_pct: v ?? 0 })} />
          <Button small look="quiet" onClick={() => set({ partners: rows.filter((_, n) => n !== i) })}>
            {t.ui.remove}
          </Button>
        </div>
      ))}
      {rows.length > 0 && (
        <div className="form-grid">
          <Meter label={t.bid.task} value={sum("task_pct")} goal={100} unit="%" />
          <Meter label={t.bid.money} value={sum("money_pct")} goal={100} unit="%" />
        </div>
      )}
      <div>
        <Button small onClick={() => set({ partners: [...rows, { org: "", role: "", task_pct: 0, money_pct: 0 }] })}>
          {t.bid.addPartner}
        </Button>
      </div>
    </Section>
  );
}

function People({ content, set }: Part) {
  const t = useText();
  const rows = content.people ?? [];
  const put = (i: number, part: Partial<(typeof rows)[number]>) => set({ people: rows.map((r, n) => (n === i ? { ...r, ...part } : r)) });
  return (
    <Section title={t.bid.people}>
      {rows.map((r, i) => (
        <div key={i} className="form-grid card">
          <TextInput label={t.bid.person} value={r.name} onChange={(name) => put(i, { name })} />
          <TextInput label={t.bid.role} value={r.role} onChange={(role) => put(i, { role })} />
          <NumberInput label={t.bid.months} value={r.months} onChange={(v) => put(i, { months: v ?? 0 })} />
          <Button small look="quiet" onClick={() => set({ people: rows.filter((_, n) => n !== i) })}>
            {t.ui.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button small onClick={() => set({ people: [...rows, { name: "", role: "", months: 1 }] })}>
          {t.bid.addPerson}
        </Button>
      </div>
    </Section>
  );
}
