import { useInfiniteQuery } from "@tanstack/react-query";
import { useActs } from "../../client/act";
import { exporter } from "../../client/exporter";
import { body, client, idempotent } from "../../client/setup";
import type { IntegrityRecord } from "../../client/views";
import { label, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loading } from "../../ui/Loading";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** The register of integrity: all of it for offices, one's own for everybody else. */
export function IntegrityList({ mine }: { mine: boolean }) {
  const t = useText();
  const query = useInfiniteQuery({
    queryKey: ["integrity", mine],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const params = { query: pageParam ? { cursor: pageParam } : {} };
      return mine ? body(await client.GET("/api/v1/me/integrity", { params })) : body(await client.GET("/api/v1/integrity", { params }));
    },
    getNextPageParam: (page) => page.next || undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.records) ?? [];
  if (query.isPending) return <Loading />;
  return (
    <div className="stack">
      <ErrorNote failure={query.error} />
      <div className="row end">
        <ExportMenu save={mine ? exporter("/api/v1/me/integrity") : exporter("/api/v1/integrity")} />
      </div>
      {rows.length === 0 && <Empty title={t.units.integrity.none} />}
      {rows.map((r) => (
        <Line key={r.id} record={r} />
      ))}
      {rows.length > 0 && <Pager shown={rows.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
    </div>
  );
}

function Line({ record: r }: { record: IntegrityRecord }) {
  const t = useText();
  const w = t.units.integrity;
  const params = { path: { id: r.id } };
  const acts = useActs({
    "integrity.appeal": ({ key, reason }) => client.POST("/api/v1/integrity/{id}/appeal", { params, body: { text: reason }, headers: idempotent(key) }),
    "integrity.revoke": ({ key, reason }) => client.POST("/api/v1/integrity/{id}/revoke", { params, body: { reason }, headers: idempotent(key) }),
    "integrity.dismiss": ({ key, reason }) => client.POST("/api/v1/integrity/{id}/dismiss", { params, body: { reason }, headers: idempotent(key) }),
  });
  return (
    <article className="card stack tight">
      <h3 className="row">
        <span>{r.name}</span>
        <StateTag tone="ink" label={label(w.kinds, r.kind)} />
        <StateTag tone={toneOf(r.state)} label={stateLabel(t, "integrity", r.state)} />
        <StateTag tone={r.in_force ? "bad" : "plain"} label={r.in_force ? w.inForce : w.notInForce} />
      </h3>
      <dl className="pairs">
        <dt>{w.act}</dt>
        <dd>{r.act}</dd>
        <dt>{w.basis}</dt>
        <dd>{r.basis || t.ui.none}</dd>
        <dt>{w.body}</dt>
        <dd>{r.body || t.ui.none}</dd>
        <dt>{w.period}</dt>
        <dd>
          <Time at={r.since} day /> — <Time at={r.until} day />
        </dd>
        {r.appeal && (
          <>
            <dt>{w.appeal}</dt>
            <dd className="prose">{r.appeal}</dd>
          </>
        )}
        {r.answer && (
          <>
            <dt>{w.answer}</dt>
            <dd className="prose">{r.answer}</dd>
          </>
        )}
      </dl>
      <Actions small actions={r.actions} acts={acts} reasons={["integrity.appeal", "integrity.revoke", "integrity.dismiss"]} labelReason={t.reason} />
    </article>
  );
}
