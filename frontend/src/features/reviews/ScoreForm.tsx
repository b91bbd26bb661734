import { useState } from "react";
import { useActs } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Review } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Check, NumberInput, TextArea } from "../../ui/inputs";
import { Section } from "../../ui/Section";

/** The score sheet: a score and a reason per criterion, with the guidance beside it. */
export function ScoreForm({ review }: { review: Review }) {
  const { t, language } = useLanguage();
  const [scores, setScores] = useState(review.scores);
  const [comment, setComment] = useState(review.comment ?? "");
  const [recommend, setRecommend] = useState(review.recommend ?? false);
  const of = (code: string) => scores.find((s) => s.criterion === code);
  const put = (code: string, part: { points?: number; comment?: string }) => setScores([...scores.filter((s) => s.criterion !== code), { criterion: code, points: 0, comment: "", ...of(code), ...part }]);
  const total = review.criteria.reduce((n, c) => n + (of(c.code)?.points ?? 0), 0);

  const params = { path: { id: review.id } };
  const save = () => client.PUT("/api/v1/reviews/{id}", { params, body: { scores, comment, recommend }, headers: ifMatch(review) });
  const acts = useActs({
    "review.save": save,
    "review.submit": async ({ key }) => {
      await save();
      await client.POST("/api/v1/reviews/{id}/submit", { params, headers: idempotent(key) });
    },
  });
  const locked = !review.actions.includes("review.save");

  return (
    <fieldset disabled={locked} className="stack">
      {review.criteria.map((c) => (
        <div key={c.code} role="group" className="card stack tight" aria-label={named(c, language)}>
          <div className="row spread">
            <h2>{named(c, language)}</h2>
            <span className="muted small">
              {t.review.weight} {c.weight}
            </span>
          </div>
          {c.guidance && <p className="muted small">{c.guidance}</p>}
          <div className="form-grid">
            <NumberInput label={t.review.score(c.weight)} value={of(c.code)?.points} onChange={(points) => put(c.code, { points })} error={(of(c.code)?.points ?? 0) > c.weight ? t.review.score(c.weight) : undefined} />
            <TextArea label={t.review.reason} rows={2} value={of(c.code)?.comment ?? ""} onChange={(comment) => put(c.code, { comment })} />
          </div>
        </div>
      ))}
      <Section title={t.review.comment}>
        <TextArea label={t.review.comment} value={comment} onChange={setComment} />
        <Check label={t.review.recommend} checked={recommend} onChange={setRecommend} />
      </Section>
      <div className="sticky-bar">
        <strong>
          {t.review.total} <span className="number">{total.toFixed(1)}</span>
        </strong>
        <Actions actions={review.actions} acts={acts} looks={{ "review.save": "plain", "review.submit": "seal" }} />
      </div>
    </fieldset>
  );
}
