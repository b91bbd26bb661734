import { useState } from "react";
import { useActs } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Review } from "../../client/views";
import { label, named } from "../../text/say";
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
  const of = (code: string) => scores.find((s) => s.code === code) ?? { code };
  const put = (code: string, part: { score?: number; reason?: string }) => setScores([...scores.filter((s) => s.code !== code), { ...of(code), ...part }]);
  const weights = review.criteria.reduce((n, c) => n + c.weight, 0) || 1;
  const total = review.criteria.reduce((n, c) => n + ((of(c.code).score ?? 0) * c.weight) / weights, 0);

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
        <section key={c.code} className="card stack tight" aria-label={named(c, language)}>
          <div className="row spread">
            <h2>{label(t.parts, named(c, language))}</h2>
            <span className="muted small">
              {t.review.weight} {c.weight}
            </span>
          </div>
          {c.guidance && <p className="muted small">{c.guidance}</p>}
          {!!c.bands?.length && (
            <ul className="plain-list small muted">
              {c.bands.map((b) => (
                <li key={b.from}>
                  <strong className="number">
                    {b.from}–{b.to}
                  </strong>{" "}
                  {b.text}
                </li>
              ))}
            </ul>
          )}
          <div className="form-grid">
            <NumberInput label={t.review.score} value={of(c.code).score} onChange={(score) => put(c.code, { score })} min={0} max={100} />
            <TextArea label={t.review.reason} rows={2} value={of(c.code).reason ?? ""} onChange={(reason) => put(c.code, { reason })} />
          </div>
        </section>
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
