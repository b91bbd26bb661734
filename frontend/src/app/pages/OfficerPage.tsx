import { Link } from "@tanstack/react-router";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { body, client } from "../../client/setup";
import { OfficeGroups } from "../../features/overview/OfficeGroups";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Select } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

type State = "submitted" | "returned" | "approved" | "published" | "bidding_closed" | "evaluating" | "shortlisted" | "publicity" | "awarded" | "no_bid" | "failed" | "withdrawn";

export default function OfficerPage() {
  const t = useText();
  const me = useMe();
  const as = me?.roles.includes("officer") ? ("officer" as const) : ("auditor" as const);
  const [state, setState] = useState("");
  const query = useInfiniteQuery({
    queryKey: ["office", as, state],
    enabled: !!me?.roles.some((role) => role === "officer" || role === "auditor"),
    initialPageParam: "",
    queryFn: async ({ pageParam }) => body(await client.GET("/api/v1/desk/challenges", { params: { query: { limit: 30, as, ...(state && { state: [state as State] }), ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  const states = Object.keys(t.states.challenge!).filter((s) => s !== "executing" && s !== "draft");
  return (
    <div className="stack loose">
      <PageHead title={t.officer.title} lead={t.officer.lead} />
      <OfficeGroups
        link={(w) =>
          w.thing ? (
            <Link to="/officer/challenges/$id" params={{ id: w.thing }}>
              {w.title}
            </Link>
          ) : (
            <span className="muted">{t.office.hidden}</span>
          )
        }
      />
      <Section title={t.office.all} tools={<ExportMenu save={exporter("/api/v1/desk/challenges", { query: { as, state } })} />}>
        <div style={{ maxWidth: "18rem" }}>
          <Select label={t.list.state} value={state} onChange={setState} empty={t.ui.all} choices={states.map((value) => ({ value, label: stateLabel(t, "challenge", value) }))} />
        </div>
        <ErrorNote failure={query.error} />
        {query.isLoading ? (
          <Loading />
        ) : (
          <Table
            label={t.office.all}
            rows={items}
            id={(c) => c.id}
            empty={<Empty title={t.office.none} />}
            columns={[
              {
                key: "title",
                head: t.kinds.challenge!,
                cell: (c) => (
                  <>
                    <Link to="/officer/challenges/$id" params={{ id: c.id }}>
                      {c.title}
                    </Link>
                    {c.code && <span className="muted small mono"> {c.code}</span>}
                  </>
                ),
              },
              { key: "owner", head: t.detail.owner, cell: (c) => c.owner.name },
              { key: "state", head: t.list.state, cell: (c) => <StateTag tone={toneOf(c.state)} label={stateLabel(t, "challenge", c.state)} /> },
              { key: "bounty", head: t.list.bounty, right: true, cell: (c) => (c.honor_only ? t.list.honor : <Money fen={c.bounty_fen} />) },
              { key: "deadline", head: t.detail.deadline, cell: (c) => <Time at={c.bid_deadline} /> },
            ]}
          />
        )}
        {items.length > 0 && <Pager shown={items.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      </Section>
    </div>
  );
}

