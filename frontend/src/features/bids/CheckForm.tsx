import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Bid } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";

/** The formal check of an opened bid: a word on every line; one line not in order rejects it. */
export function CheckForm({ bid }: { bid: Bid }) {
  const t = useText();
  const [items, setItems] = useState(bid.check.items);
  const put = (code: string, part: { ok?: boolean; note?: string }) => setItems(items.map((i) => (i.code === code ? { ...i, ...part } : i)));
  const decide = useAct((_: void, key) =>
    client.POST("/api/v1/bids/{id}/check", { params: { path: { id: bid.id } }, body: { items }, headers: { ...idempotent(key), ...ifMatch(bid) } }),
  );
  const may = bid.actions.includes("bid.check") || bid.actions.includes("bid.reject");
  if (!items.length) return null;
  const wanting = items.filter((i) => !i.ok);
  const mute = wanting.some((i) => [...i.note.trim()].length < 4);
  return (
    <Section title={t.check.title} side={bid.check.done ? t.check.done : t.check.proposal}>
      <form
        className="card stack"
        onSubmit={(e) => {
          e.preventDefault();
          void decide.run();
        }}
      >
        <ul className="check-lines">
          {items.map((i) => (
            <li key={i.code}>
              {may ? <Check label={label(t.check.lines, i.code)} checked={i.ok} onChange={(ok) => put(i.code, { ok })} /> : <StateTag tone={i.ok ? "good" : "bad"} label={`${label(t.check.lines, i.code)} ${i.ok ? "✓" : "✗"}`} />}
              {may && !i.ok && <TextInput label={t.check.note(label(t.check.lines, i.code))} required value={i.note} maxLength={500} onChange={(note) => put(i.code, { note })} />}
              {(!may || i.ok) && i.note && <p className="muted small">{i.note}</p>}
            </li>
          ))}
        </ul>
        {may && (
          <>
            <p className={wanting.length ? "warn-text" : "muted small"}>{wanting.length ? t.check.rejects(wanting.length) : t.check.passes}</p>
            <ErrorNote failure={decide.problem} />
            <div className="row">
              <Button type="submit" look={wanting.length ? "danger" : "main"} busy={decide.pending} disabled={mute}>
                {wanting.length ? t.actions["bid.reject"] : t.actions["bid.check"]}
              </Button>
            </div>
          </>
        )}
      </form>
    </Section>
  );
}
