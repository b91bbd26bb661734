import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import type { Indicator, Review } from "../../client/views";
import { PromiseTable, type Asked } from "../../features/bids/PromiseTable";
import { BlindBid } from "../../features/reviews/BlindBid";
import { BidView } from "../../features/bids/BidView";
import { asked } from "../../text/indicator";
import { ScoreForm } from "../../features/reviews/ScoreForm";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { SaveNote } from "../shell/SaveNote";
import { useId } from "./useId";

/** One bid on the expert's desk: the bid to read, the sheet beside it. */
export default function ReviewPage() {
  const t = useText();
  const id = useId();
  const query = api.useQuery("get", "/api/v1/assignments/{id}/review", { params: { path: { id } } }, { refetchOnWindowFocus: false });
  return (
    <div className="stack">
      <p className="small">
        <Link to="/expert">← {t.expert.title}</Link>
      </p>
      <Loaded query={query}>{(r) => <Sheet review={r} />}</Loaded>
    </div>
  );
}

function Sheet({ review: r }: { review: Review }) {
  const t = useText();
  const rows = r.indicators.map((i) => ({ ...i, baseline: "", tested_by: "" }) as Indicator).map((indicator) => ({ indicator, asked: asked(indicator) }));
  return (
    <>
      <PageHead
        title={t.review.title}
        lead={`${r.challenge.title} · ${r.bid_code}${r.team && ` ${r.team}`}`}
        side={<StateTag tone={toneOf(r.state)} label={r.state === "none" ? t.review.notBegun : stateLabel(t, "review", r.state)} />}
      />
      <div className="review-layout">
        <section aria-label={t.review.bid} className="stack">
          {r.bid ? <NamedBid bid={r.bid} rows={rows} /> : <BlindBid assignment={r.assignment} promises={<PromiseTable indicators={rows} promises={r.indicators.map((i) => ({ ...i.promise, indicator: i.id }))} />} />}
        </section>
        <section aria-label={t.review.title}>
          <ScoreForm key={r.assignment} review={r} note={(state) => <SaveNote state={state} />} />
        </section>
      </div>
    </>
  );
}

function NamedBid({ bid, rows }: { bid: string; rows: Asked[] }) {
  const query = api.useQuery("get", "/api/v1/bids/{id}", { params: { path: { id: bid } } }, { refetchOnWindowFocus: false });
  return <Loaded query={query}>{(b) => <BidView bid={b} indicators={rows} />}</Loaded>;
}
