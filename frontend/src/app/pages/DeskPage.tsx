import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { body, client, idempotent } from "../../client/setup";
import type { paths } from "../../client/schema";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Select } from "../../ui/inputs";
import { Countdown } from "../../ui/Countdown";
import { Loading } from "../../ui/Loading";
import { Money } from "../../ui/Money";
import { Pager } from "../../ui/Pager";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

type State = NonNullable<NonNullable<paths["/api/v1/desk/challenges"]["get"]["parameters"]["query"]>["state"]>[number];

export default function DeskPage() {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const posting = (me?.orgs ?? []).filter((o) => o.role === "admin" || o.role === "poster");
  const [org, setOrg] = useState(me?.alliances[0]?.leader_id ?? posting[0]?.id ?? "");
  const [state, setState] = useState("");
  const desk = useInfiniteQuery({
    queryKey: ["challenge.desk", "owner", state],
    queryFn: async ({ pageParam, signal }) =>
      body(await client.GET("/api/v1/desk/challenges", { params: { query: { as: "owner", limit: 30, ...(state && { state: [state as State] }), ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const items = desk.data?.pages.flatMap((page) => page.items) ?? [];
  const draft = useAct(
    async (_: void, key) => body(await client.POST("/api/v1/orgs/{id}/challenges", { params: { path: { id: org } }, body: {}, headers: idempotent(key) })),
    (c) => void go({ to: "/desk/challenges/$id/edit", params: { id: c.id } }),
  );
  return (
    <div className="stack">
      <PageHead
        title={t.desk.title}
        lead={t.desk.lead}
        side={
          <div className="row">
            {posting.length > 1 && <Select label={t.draft.org} value={org} onChange={setOrg} choices={posting.map((o) => ({ value: o.id, label: o.name }))} />}
            <Button look="main" disabled={!org} busy={draft.pending} onClick={() => void draft.run()}>
              {t.draft.new}
            </Button>
          </div>
        }
      />
      <ErrorNote failure={draft.problem} />
      <div className="desk-filter">
        <Select label={t.list.state} empty={t.ui.all} value={state} onChange={setState} choices={Object.entries(t.states.challenge!).map(([value, label]) => ({ value, label }))} />
        <ExportMenu save={exporter("/api/v1/desk/challenges", { query: { as: "owner", state } })} />
      </div>
      <ErrorNote failure={desk.error} />
      {desk.isPending ? (
        <Loading />
      ) : (
        <Table
          label={t.desk.title}
          rows={items}
          id={(c) => c.id}
          empty={<Empty title={t.desk.none} />}
          columns={[
            {
              key: "title",
              head: t.draft.name,
              cell: (c) => (
                <span>
                  {c.actions.includes("challenge.edit") ? (
                    <Link to="/desk/challenges/$id/edit" params={{ id: c.id }}>
                      {c.title || t.draft.untitled}
                    </Link>
                  ) : (
                    <Link to="/challenges/$id" params={{ id: c.id }}>
                      {c.title || t.draft.untitled}
                    </Link>
                  )}
                  {c.code && (
                    <>
                      <br />
                      <span className="mono muted small">{c.code}</span>
                    </>
                  )}
                </span>
              ),
            },
            {
              key: "state",
              head: t.list.state,
              cell: (c) => (
                <span className="stack tight">
                  <span>
                    <StateTag tone={toneOf(c.state)} label={stateLabel(t, "challenge", c.state)} />
                  </span>
                  {c.state_reason && <span className="small muted">{c.state_reason}</span>}
                </span>
              ),
            },
            { key: "bounty", head: t.list.bounty, right: true, cell: (c) => (c.honor_only ? t.list.honor : <Money fen={c.bounty_fen} />) },
            {
              key: "deadline",
              head: t.detail.deadline,
              cell: (c) => (
                <span className="small">
                  {c.state === "published" && c.bid_deadline && (
                    <>
                      <Countdown until={c.bid_deadline} />
                      <br />
                    </>
                  )}
                  <Time at={c.bid_deadline} />
                </span>
              ),
            },
            {
              key: "more",
              head: t.ui.actions,
              bare: true,
              cell: (c) =>
                opened.includes(c.state) && (
                  <Link to="/challenges/$id/compare" params={{ id: c.id }} className="button small">
                    {t.compare.link}
                  </Link>
                ),
            },
          ]}
        />
      )}
      {desk.hasNextPage && <Pager shown={items.length} more busy={desk.isFetchingNextPage} onMore={() => void desk.fetchNextPage()} />}
    </div>
  );
}

/** The states in which bids lie open to their owner. */
const opened = ["evaluating", "shortlisted", "publicity", "awarded", "failed"];
