import { useState } from "react";
import { useAct } from "../../client/act";
import { api } from "../../client/setup";
import { download, upload } from "../../client/upload";
import type { Bid, BidContent, PromiseInput, StoredFile } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { FileDrop } from "../../ui/FileDrop";
import { Check, MoneyInput, TextArea } from "../../ui/inputs";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { Section } from "../../ui/Section";
import { FileLink } from "../../ui/FileLink";
import { Partners } from "./Partners";
import { People } from "./People";
import { useBidFiles } from "./useBidFiles";
import { keyOf, PromiseTable, type Asked } from "./PromiseTable";

interface Props {
  bid: Bid;
  content: BidContent;
  indicators: Asked[];
  disabled: boolean;
  onChange: (content: BidContent) => void;
}

/** The bid as the team writes it, in the order a reader takes it. */
export function BidForm({ bid, content, indicators, disabled, onChange }: Props) {
  const t = useText();
  const set = (part: Partial<BidContent>) => onChange({ ...content, ...part });
  const answer = (indicator: string, part: Partial<PromiseInput>) => {
    const rows = content.promises ?? [];
    const known = rows.some((r) => r.indicator === indicator);
    const order = indicators.map((i) => keyOf(i.indicator));
    const next = known ? rows.map((r) => (r.indicator === indicator ? { ...r, ...part } : r)) : [...rows, { indicator, ...part }];
    set({ promises: next.sort((a, b) => order.indexOf(a.indicator) - order.indexOf(b.indicator)) });
  };

  return (
    <fieldset disabled={disabled} className="stack loose">
      <Section title={t.bid.responses} side={t.bid.responsesHint}>
        <PromiseTable indicators={indicators} promises={content.promises ?? []} onChange={answer} />
      </Section>
      <Section title={t.bid.route}>
        <div className="form card">
          <TextArea label={t.bid.summary} maxLength={2000} value={content.summary ?? ""} onChange={(summary) => set({ summary })} />
          <TextArea label={t.bid.route} maxLength={8000} rows={8} value={content.route ?? ""} onChange={(route) => set({ route })} />
          <TextArea label={t.bid.blind} hint={t.bid.blindHint} maxLength={8000} value={content.blind ?? ""} onChange={(blind) => set({ blind })} />
          <TextArea label={t.bid.schedule} maxLength={4000} value={content.schedule ?? ""} onChange={(schedule) => set({ schedule })} />
          <TextArea label={t.bid.risks} maxLength={4000} value={content.risks ?? ""} onChange={(risks) => set({ risks })} />
          <TextArea label={t.bid.facilities} maxLength={2000} value={content.facilities ?? ""} onChange={(facilities) => set({ facilities })} />
        </div>
      </Section>
      <Partners content={content} set={set} />
      <People content={content} set={set} />
      <Budget content={content} set={set} />
      <Section title={t.bid.ip}>
        <div className="form card">
          <Check label={t.bid.ipAccept} checked={content.ip_accept ?? false} onChange={(ip_accept) => set({ ip_accept })} />
          {!content.ip_accept && <TextArea label={t.bid.ipCounter} maxLength={2000} value={content.ip_counter ?? ""} onChange={(ip_counter) => set({ ip_counter })} />}
          <TextArea label={t.bid.conversion} maxLength={4000} value={content.conversion ?? ""} onChange={(conversion) => set({ conversion })} />
        </div>
      </Section>
      <EvidencePicker bid={bid} content={content} set={set} />
      <Files bid={bid} content={content} set={set} />
      <Section title={t.bid.promises}>
        <div className="form card">
          <Check label={t.bid.integrity} checked={content.integrity_promise ?? false} onChange={(integrity_promise) => set({ integrity_promise })} />
          <Check label={t.bid.commitment} checked={content.commitment ?? false} onChange={(commitment) => set({ commitment })} />
          <Check label={t.bid.noConflict} checked={content.no_conflict ?? false} onChange={(no_conflict) => set({ no_conflict })} />
        </div>
      </Section>
    </fieldset>
  );
}

export interface Part {
  content: BidContent;
  set: (part: Partial<BidContent>) => void;
}

function Budget({ content, set }: Part) {
  const t = useText();
  const b = content.budget ?? {};
  const heads = (b.equipment_fen ?? 0) + (b.business_fen ?? 0) + (b.labour_fen ?? 0);
  const quote = content.quote_fen ?? 0;
  return (
    <Section title={t.bid.budget} side={t.bid.budgetSum}>
      <div className="form-grid card">
        <MoneyInput label={t.bid.quote} required fen={content.quote_fen} onChange={(quote_fen) => set({ quote_fen })} />
        <MoneyInput label={t.bid.equipment} fen={b.equipment_fen} onChange={(equipment_fen) => set({ budget: { ...b, equipment_fen } })} />
        <MoneyInput label={t.bid.business} fen={b.business_fen} onChange={(business_fen) => set({ budget: { ...b, business_fen } })} />
        <MoneyInput label={t.bid.labour} fen={b.labour_fen} onChange={(labour_fen) => set({ budget: { ...b, labour_fen } })} />
        <p className={heads === quote ? "wide muted" : "wide warn-text"}>
          Σ <Money fen={heads} /> / <Money fen={quote} /> {heads === quote && "✓"}
        </p>
      </div>
    </Section>
  );
}

/** What the team has on record, to be referred to as the basis of its promises. */
function EvidencePicker({ bid, content, set }: Part & { bid: Bid }) {
  const t = useText();
  const { data } = api.useQuery("get", "/api/v1/teams/{id}", { params: { path: { id: bid.team.id } } });
  const chosen = content.evidence ?? [];
  return (
    <Section title={t.bidding.evidence} side={t.bidding.evidenceHint}>
      <div className="stack tight card">
        {data?.evidence.length === 0 && <p className="muted">{t.bidding.noEvidence}</p>}
        {data?.evidence.map((e) => (
          <Check
            key={e.id}
            label={`${label(t.enums.evidence, e.kind)} · ${e.title}${e.year ? ` (${e.year})` : ""}`}
            hint={label(t.states.evidence, e.verify_state)}
            checked={chosen.includes(e.id)}
            onChange={(on) => set({ evidence: on ? [...chosen, e.id] : chosen.filter((x) => x !== e.id) })}
          />
        ))}
      </div>
    </Section>
  );
}

function Files({ bid, content, set }: Part & { bid: Bid }) {
  const t = useText();
  const [fresh, setFresh] = useState<StoredFile[]>([]);
  const ids = content.documents ?? [];
  const stored = useBidFiles(bid.id);
  const known = [...stored, ...fresh];
  const add = useAct(async ({ files, purpose }: { files: File[]; purpose: string }) => {
    const kept: StoredFile[] = [];
    for (const file of files) kept.push(await upload(file, { owner_kind: "bid", owner_id: bid.id, purpose }));
    setFresh((list) => [...list, ...kept]);
    set({ documents: [...ids, ...kept.map((f) => f.id)] });
  });
  return (
    <Section title={t.bid.files} side={t.bid.filesHint}>
      <ul className="plain-list">
        {ids.map((id) => {
          const file = known.find((f) => f.id === id);
          return (
            <li key={id} className="row">
              {file ? <FileLink file={file} get={download} /> : id}
              {file?.purpose === "blind" && <StateTag tone="ink" label={t.scoring.purposes.blind!} />}
              <Button small look="quiet" onClick={() => set({ documents: ids.filter((x) => x !== id) })}>
                {t.ui.remove}
              </Button>
            </li>
          );
        })}
      </ul>
      <FileDrop label={t.bid.upload} busy={add.pending} onFiles={(files) => void add.run({ files, purpose: "attachment" })} />
      <FileDrop label={t.scoring.uploadBlind} busy={add.pending} onFiles={(files) => void add.run({ files, purpose: "blind" })} />
      <ErrorNote failure={add.problem} />
    </Section>
  );
}
