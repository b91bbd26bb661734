import { useState } from "react";
import { useActs } from "../../client/act";
import { useAutosave, type SaveState } from "../../client/autosave";
import { body, client, idempotent, ifMatch } from "../../client/setup";
import type { Review, ReviewDraft } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Check, NumberInput, Select, TextArea } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import type { ReactNode } from "react";

interface Props {
  review: Review;
  /** Says whether what stands in the form is with the server. */
  note: (state: SaveState) => ReactNode;
}

function draftOf(r: Review): Required<ReviewDraft> {
  return {
    comment: r.comment,
    confidence: r.confidence,
    recommend: r.recommend,
    knockouts: r.indicators.filter((i) => i.failed).map((i) => i.id),
    scores: r.criteria.filter((c) => c.points !== undefined || c.comment).map((c) => ({ criterion: c.code, points: c.points ?? 0, comment: c.comment })),
  };
}

/** The score sheet: points and a reason per criterion, the guidance beside it; kept as one writes. */
export function ScoreForm({ review: r, note }: Props) {
  const { t, language } = useLanguage();
  const [now, setNow] = useState(r);
  const current = r.version > now.version ? r : now;
  const [draft, setDraft] = useState(() => draftOf(r));
  const params = { path: { id: r.assignment } };
  const { state, change, settle } = useAutosave<ReviewDraft>(current, async (value, on) => {
    const saved = body(await client.PUT("/api/v1/assignments/{id}/review", { params: { ...params, header: ifMatch(on) }, body: value }));
    setNow(saved);
    return saved;
  });
  const set = (part: Partial<ReviewDraft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    change(next);
  };
  const of = (code: string) => draft.scores.find((s) => s.criterion === code);
  const put = (code: string, part: { points?: number; comment?: string }) => set({ scores: [...draft.scores.filter((s) => s.criterion !== code), { criterion: code, points: 0, comment: "", ...of(code), ...part }] });
  const total = r.criteria.reduce((n, c) => n + (of(c.code)?.points ?? 0), 0);
  const acts = useActs({
    "review.submit": async ({ key }) => {
      await settle();
      await client.POST("/api/v1/assignments/{id}/review/submit", { params, headers: idempotent(key) });
    },
  });
  const locked = !current.actions.includes("review.save");
  const knockouts = r.indicators.filter((i) => i.knockout);

  return (
    <fieldset disabled={locked} className="stack">
      {r.criteria.map((c) => {
        const told = current.criteria.find((x) => x.code === c.code);
        const points = of(c.code)?.points;
        const wanted = !!told?.comment_needed && !of(c.code)?.comment?.trim();
        return (
          <div key={c.code} role="group" className="card stack tight" aria-label={named(c, language)}>
            <div className="row spread">
              <h3>{named(c, language)}</h3>
              <span className="muted small">{t.review.max(c.weight)}</span>
            </div>
            {c.guidance && <p className="muted small">{c.guidance}</p>}
            <div className="score-row">
              <NumberInput label={t.review.score(c.weight)} value={points} onChange={(v) => put(c.code, { points: v })} error={points !== undefined && (points > c.weight || points < 0) ? t.review.range(c.weight) : undefined} />
              <TextArea label={t.review.reason} wide={false} rows={2} maxLength={2000} required={wanted} value={of(c.code)?.comment ?? ""} onChange={(comment) => put(c.code, { comment })} error={wanted ? t.review.extreme : undefined} />
            </div>
          </div>
        );
      })}
      {knockouts.length > 0 && (
        <Section title={t.review.knockouts}>
          <div className="card stack tight">
            <p className="muted small">{t.review.knockoutHint}</p>
            {knockouts.map((i) => (
              <Check
                key={i.id}
                label={`${i.no}. ${i.name}`}
                hint={i.met ? undefined : t.review.promisedLess}
                checked={draft.knockouts.includes(i.id)}
                onChange={(on) => set({ knockouts: on ? [...draft.knockouts, i.id] : draft.knockouts.filter((x) => x !== i.id) })}
              />
            ))}
          </div>
        </Section>
      )}
      <Section title={t.review.comment}>
        <div className="card form">
          <TextArea label={t.review.comment} maxLength={4000} value={draft.comment} onChange={(comment) => set({ comment })} />
          <Select label={t.review.confidence} value={draft.confidence ? String(draft.confidence) : ""} onChange={(v) => set({ confidence: Number(v) })} choices={["1", "2", "3"].map((value) => ({ value, label: label(t.review.confidences, value) }))} />
          <Check label={t.review.recommend} checked={draft.recommend} onChange={(recommend) => set({ recommend })} />
        </div>
      </Section>
      <div className="sticky-bar">
        <span className="row">
          <strong>
            {t.review.total} <span className="number">{total.toFixed(1)}</span>
          </strong>
          {locked ? <span className="muted small">{t.review.closedSheet}</span> : note(state)}
        </span>
        <Actions actions={current.actions} acts={acts} looks={{ "review.submit": "seal" }} />
      </div>
    </fieldset>
  );
}
