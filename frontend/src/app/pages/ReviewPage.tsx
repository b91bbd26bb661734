import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import { BidView } from "../../features/bids/BidView";
import { asked } from "../../features/challenges/indicator";
import { ScoreForm } from "../../features/reviews/ScoreForm";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { useId } from "./useId";

export default function ReviewPage() {
  const t = useText();
  const id = useId();
  const query = api.useQuery("get", "/api/v1/reviews/{id}", { params: { path: { id } } }, { refetchOnWindowFocus: false });
  return (
    <div className="stack">
      <p className="small">
        <Link to="/expert">← {t.expert.title}</Link>
      </p>
      <Loaded query={query}>
        {(r) => (
          <>
            <PageHead title={t.review.title} lead={`${r.challenge.name} · ${r.bid.team.name}`} side={<StateTag tone={toneOf(r.state)} label={stateLabel(t, "review", r.state)} />} />
            <div className="two">
              <section aria-label={t.review.bid} className="stack">
                <BidView bid={r.bid} indicators={r.indicators.map((indicator) => ({ indicator, asked: asked(indicator) }))} />
              </section>
              <ScoreForm key={r.id} review={r} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}
