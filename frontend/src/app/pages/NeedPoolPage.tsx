import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { body, client } from "../../client/setup";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { named, stateLabel, toneOf } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { NeedFilter, type NeedQuery } from "./NeedFilter";
import "../../features/challenges/challenges.css";

/** The public part of the pool: what owners let be shown of the needs that were approved. */
export default function NeedPoolPage() {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  const me = useMe();
  const go = useNavigate();
  const chains = useTerms("chain");
  const query = useSearch({ strict: false }) as NeedQuery;
  const asked = { ...(query.q && { q: query.q }), ...(query.chain && { chain: query.chain }), ...(query.state && { state: query.state }), sort: query.sort ?? ("newest" as const) };
  const found = useInfiniteQuery({
    queryKey: ["need.search", asked],
    queryFn: async ({ pageParam, signal }) => body(await client.GET("/api/v1/needs", { params: { query: { ...asked, limit: 20, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const chainName = (code: string) => {
    const term = chains.find((c) => c.code === code);
    return term ? named(term, language) : code;
  };
  return (
    <div className="stack">
      <PageHead
        title={p.pool}
        lead={p.poolLead}
        side={
          me && (
            <Link to="/desk/needs" className="button">
              {p.toDesk}
            </Link>
          )
        }
      />
      <NeedFilter query={query} states={["approved", "turned"]} onChange={(next) => void go({ to: "/needs", search: next, replace: true, resetScroll: false })} />
      <div>
        <ExportMenu save={exporter("/api/v1/needs", { query: asked })} />
      </div>
      <ErrorNote failure={found.error} />
      {found.isPending ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={p.none}>
          <p>{p.noneHint}</p>
          {!me && (
            <Link to="/sign-in" className="button">
              {t.nav.signIn}
            </Link>
          )}
        </Empty>
      ) : (
        <ul className="challenge-list">
          {items.map((n) => (
            <li key={n.code} className="challenge-row">
              <div>
                <h2>{n.title}</h2>
                <p className="where">{[n.code, n.chain && chainName(n.chain), n.city].filter(Boolean).join(" · ")}</p>
                <p className="small">{n.summary}</p>
              </div>
              <div className="side">
                <span>
                  <StateTag tone={toneOf(n.state)} label={stateLabel(t, "need", n.state)} />
                </span>
                <span className="small">
                  {p.quality} <strong className="number">{n.quality}</strong>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && <Pager shown={items.length} more={found.hasNextPage} busy={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />}
      {me && me.orgs.some((o) => o.role === "admin" || o.role === "poster") && (
        <div>
          <Button look="main" onClick={() => void go({ to: "/desk/needs" })}>
            {p.write}
          </Button>
        </div>
      )}
    </div>
  );
}
