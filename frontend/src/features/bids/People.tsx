import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { NumberInput, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import type { Part } from "./BidForm";

/** Who works on it, and how many months a year. */
export function People({ content, set }: Part) {
  const t = useText();
  const rows = content.people ?? [];
  const put = (i: number, part: Partial<(typeof rows)[number]>) => set({ people: rows.map((r, n) => (n === i ? { ...r, ...part } : r)) });
  return (
    <Section title={t.bid.people}>
      {rows.map((r, i) => (
        <div key={i} className="form-grid card">
          <TextInput label={t.bid.person} value={r.name ?? ""} onChange={(name) => put(i, { name })} />
          <TextInput label={t.bid.role} value={r.role ?? ""} onChange={(role) => put(i, { role })} />
          <NumberInput label={t.bid.months} value={r.months_per_year} onChange={(months_per_year) => put(i, { months_per_year })} />
          <Button small look="quiet" onClick={() => set({ people: rows.filter((_, n) => n !== i) })}>
            {t.ui.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button small onClick={() => set({ people: [...rows, {}] })}>
          {t.bid.addPerson}
        </Button>
      </div>
    </Section>
  );
}
