import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { body, client, idempotent } from "../../client/setup";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { ErrorNote } from "../../ui/ErrorNote";
import { Select } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { NeedFilter, type NeedQuery } from "./NeedFilter";

/** What of the next steps is the reader's, in the order of a need's life. */
const steps = ["need.submit", "need.score", "need.refine", "need.argue", "need.approve", "need.resume", "need.turn"];

/** The needs somebody has to do with: as owner, office or named expert. */
export default function NeedDeskPage() {
  const t = useText();
  const p = t.needs.page;
  const me = useMe();
  const go = useNavigate();
  const query = useSearch({ strict: false }) as NeedQuery;
  const posting = (me?.orgs ?? []).filter((o) => o.role === "admin" || o.role === "poster");
  const [org, setOrg] = useState(posting[0]?.id ?? "");
  const asked = { ...(query.q && { q: query.q }), ...(query.chain && { chain: query.chain }), ...(query.state && { state: query.state }), sort: query.sort ?? ("newest" as const) };
  const desk = useInfiniteQuery({
    queryKey: ["need.desk", asked],
    queryFn: async ({ pageParam, signal }) => body(await client.GET("/api/v1/desk/needs", { params: { query: { ...asked, limit: 30, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const items = desk.data?.pages.flatMap((page) => page.items) ?? [];
  const draft = useAct(
    async (_: void, key) => body(await client.POST("/api/v1/orgs/{id}/needs", { params: { path: { id: org } }, body: {}, headers: idempotent(key) })),
    (n) => void go({ to: "/needs/$id/edit", params: { id: n.id } }),
  );
  const next = (actions: string[]) => steps.find((s) => actions.includes(s));
  return (
    <div className="stack">
      <PageHead
        title={p.desk}
        lead={p.deskLead}
        side={
          <div className="row" style={{ alignItems: "end" }}>
            {posting.length > 1 && <Select label={p.owner} value={org} onChange={setOrg} choices={posting.map((o) => ({ value: o.id, label: o.name }))} />}
            {org && (
              <Button look="main" busy={draft.pending} onClick={() => void draft.run()}>
                {p.write}
              </Button>
            )}
            <Link to="/needs" className="button">
              {p.toPool}
            </Link>
          </div>
        }
      />
      <ErrorNote failure={draft.problem} />
      <NeedFilter query={query} states={Object.keys(t.states.need!)} onChange={(to) => void go({ to: "/desk/needs", search: to, replace: true, resetScroll: false })} />
      <div>
        <ExportMenu save={exporter("/api/v1/desk/needs", { query: asked })} />
      </div>
      <ErrorNote failure={desk.error} />
      {desk.isPending ? (
        <Loading />
      ) : (
        <Table
          label={p.desk}
          rows={items}
          id={(n) => n.id}
          empty={
            <Empty title={p.none}>
              <p>{p.noneHint}</p>
            </Empty>
          }
          columns={[
            {
              key: "title",
              head: t.fields.title!,
              cell: (n) => (
                <span>
                  <Link to={n.state === "draft" && n.actions.includes("need.edit") ? "/needs/$id/edit" : "/needs/$id"} params={{ id: n.id }}>
                    {n.title || p.untitled}
                  </Link>
                  {n.code && (
                    <>
                      <br />
                      <span className="mono muted small">{n.code}</span>
                    </>
                  )}
                </span>
              ),
            },
            { key: "owner", head: p.owner, cell: (n) => <span className="small">{[n.owner_name, n.city].filter(Boolean).join(" · ")}</span> },
            { key: "state", head: p.state, cell: (n) => <StateTag tone={toneOf(n.state)} label={stateLabel(t, "need", n.state)} /> },
            { key: "quality", head: p.quality, right: true, cell: (n) => <span className={`number ${n.quality < 60 ? "warn-text" : ""}`}>{n.quality}</span> },
            { key: "updated", head: p.updated, cell: (n) => <Time day at={n.updated_at} /> },
            {
              key: "next",
              head: t.ui.actions,
              bare: true,
              cell: (n) =>
                next(n.actions) && (
                  <Link to={next(n.actions) === "need.submit" ? "/needs/$id/edit" : "/needs/$id"} params={{ id: n.id }} className="button small">
                    {t.actions[next(n.actions)!]}
                  </Link>
                ),
            },
          ]}
        />
      )}
      {items.length > 0 && <Pager shown={items.length} more={desk.hasNextPage} busy={desk.isFetchingNextPage} onMore={() => void desk.fetchNextPage()} />}
    </div>
  );
}
