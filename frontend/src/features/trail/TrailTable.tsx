import { useInfiniteQuery } from "@tanstack/react-query";
import { exporter } from "../../client/exporter";
import { body, client } from "../../client/setup";
import type { TrailEvent } from "../../client/views";
import { label, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loading } from "../../ui/Loading";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

type Kind = "challenge" | "bid" | "team" | "org" | "alliance" | "objection";

/** Who did what to a thing, and when, in the order it happened. */
export function TrailTable({ kind, id }: { kind: string; id: string }) {
  const t = useText();
  const query = useInfiniteQuery({
    queryKey: ["trail", kind, id],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => body(await client.GET("/api/v1/trail/{kind}/{id}", { params: { path: { kind: kind as Kind, id }, query: { limit: 50, ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <div className="stack tight">
      <ErrorNote failure={query.error} />
      {query.isPending && <Loading />}
      {query.data && items.length === 0 && <Empty title={t.ui.nothing} />}
      {items.length > 0 && (
        <>
          <div className="row end">
            <ExportMenu save={exporter("/api/v1/trail/{kind}/{id}", { path: { kind, id } })} />
          </div>
          <div className="card">
          <ol className="steps">
            {items.map((e) => (
              <Event key={e.id} event={e} own={kind} />
            ))}
          </ol>
          </div>
          <Pager shown={items.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
        </>
      )}
    </div>
  );
}

function Event({ event: e, own }: { event: TrailEvent; own: string }) {
  const t = useText();
  return (
    <li className="done">
      <div className="row">
        <strong>{label(t.actions, e.action)}</strong>
        {e.thing_kind !== own && <span className="muted small">{label(t.kinds, e.thing_kind)}</span>}
        {e.to && e.to !== e.from && <StateTag tone={toneOf(e.to)} label={`${e.from ? `${stateLabel(t, e.thing_kind, e.from)} → ` : ""}${stateLabel(t, e.thing_kind, e.to)}`} />}
      </div>
      <p className="muted small row">
        <Time at={e.at} seconds />
        <span>
          {e.name || label(t.roles, e.role)}
          {e.name && e.role && ` · ${label(t.roles, e.role)}`}
        </span>
      </p>
      {e.reason && <p className="small">{e.reason}</p>}
    </li>
  );
}
