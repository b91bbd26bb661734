import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body, client } from "../../client/setup";
import { PromiseMatrix } from "../../features/bids/PromiseMatrix";
import { useChallenge } from "../../features/challenges/useChallenge";
import { OwnerWords } from "../../features/reviews/OwnerWords";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { useId } from "./useId";

/** Bids after opening, side by side: what each promises for what is asked; then the owner's word. */
export default function ComparePage() {
  const t = useText();
  const id = useId();
  const challenge = useChallenge(id);
  const board = api.useQuery("get", "/api/v1/challenges/{id}/bids", { params: { path: { id } } });
  const bids = useQueries({
    queries: (board.data?.opened_at ? board.data.items : []).map((b) => ({
      queryKey: ["bid.show", b.id],
      queryFn: async ({ signal }: { signal: AbortSignal }) => body(await client.GET("/api/v1/bids/{id}", { params: { path: { id: b.id } }, signal })),
    })),
    combine: (all) => ({ data: all.every((q) => q.data) ? all.map((q) => q.data!) : undefined, error: all.find((q) => q.error)?.error }),
  });
  return (
    <div className="stack loose">
      <PageHead
        title={t.compare.title}
        lead={
          <Link to="/challenges/$id" params={{ id }} search={{ tab: "bids" }}>
            {challenge.data?.title ?? t.compare.lead}
          </Link>
        }
      />
      <Loaded query={challenge}>
        {(c) => (
          <Loaded query={board}>
            {({ items, opened_at }) =>
              !opened_at ? (
                <Empty title={t.bid.sealed}>{t.compare.notYet}</Empty>
              ) : items.length === 0 ? (
                <Empty title={t.compare.none} />
              ) : bids.error ? (
                <ErrorNote failure={bids.error} />
              ) : bids.data ? (
                <PromiseMatrix
                  indicators={c.indicators}
                  bountyFen={c.bounty_fen}
                  bids={bids.data}
                  link={(b) => (
                    <Link to="/bids/$id" params={{ id: b.id }}>
                      {b.team.name}
                    </Link>
                  )}
                />
              ) : (
                <Loading />
              )
            }
          </Loaded>
        )}
      </Loaded>
      {(challenge.data?.shows.includes("satisfaction.show") || challenge.data?.actions.includes("satisfaction.score")) && (
        <Section title={t.owner.title}>
          <OwnerWords challenge={id} />
        </Section>
      )}
    </div>
  );
}
