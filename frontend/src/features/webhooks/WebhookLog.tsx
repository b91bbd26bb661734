import { useInfiniteQuery } from "@tanstack/react-query";
import { useAct } from "../../client/act";
import { body, client, idempotent } from "../../client/setup";
import type { WebhookCall } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loading } from "../../ui/Loading";
import { Pager } from "../../ui/Pager";
import { StateTag, type Tone } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

const tones: Record<WebhookCall["state"], Tone> = { planned: "ink", sending: "ink", delivered: "good", failed: "bad", cancelled: "plain" };

/** How the calls of one webhook went, and each of them once more. */
export function WebhookLog({ id, name }: { id: string; name: string }) {
  const t = useText();
  const w = t.post;
  const query = useInfiniteQuery({
    queryKey: ["webhook.log", id],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => body(await client.GET("/api/v1/webhooks/{id}/calls", { params: { path: { id }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: 10_000,
  });
  const again = useAct((call: string, key) => client.POST("/api/v1/webhooks/{id}/calls/{call}/resend", { params: { path: { id, call } }, headers: idempotent(key) }));
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  if (query.isPending) return <Loading />;
  return (
    <div className="stack tight">
      <ErrorNote failure={query.error ?? again.problem} />
      <Table
        label={`${w.log} · ${name}`}
        rows={items}
        id={(c) => c.id}
        empty={<Empty title={w.logNone} />}
        columns={[
          { key: "at", head: w.eventAt, cell: (c) => <Time at={c.event_at} seconds /> },
          { key: "event", head: w.event, cell: (c) => label(w.kinds, c.kind) },
          {
            key: "state",
            head: w.state,
            cell: (c) => (
              <>
                <StateTag tone={tones[c.state]} label={label(w.callStates, c.state)} />
                {c.reason && <div className="small">{label(w.reasons, c.reason)}</div>}
                {c.error && <div className="small muted mono">{c.error}</div>}
                {c.state === "planned" && c.attempt > 0 && (
                  <div className="small muted">
                    <Time at={c.due_at} seconds />
                  </div>
                )}
              </>
            ),
          },
          { key: "status", head: w.status, right: true, cell: (c) => c.status || t.ui.none },
          { key: "latency", head: w.latency, right: true, cell: (c) => (c.latency_ms ? `${c.latency_ms} ms` : t.ui.none) },
          { key: "tries", head: w.tries, right: true, cell: (c) => (c.kind === "webhook.test" ? 1 : c.attempt) },
          { key: "id", head: "webhook-id", cell: (c) => <span className="mono small">{c.id}</span> },
          {
            key: "do",
            head: t.ui.actions,
            bare: true,
            cell: (c) =>
              c.actions.includes("webhook.resend") && (
                <Button small busy={again.pending} onClick={() => void again.run(c.id)}>
                  {t.actions["webhook.resend"]}
                </Button>
              ),
          },
        ]}
      />
      {items.length > 0 && <Pager shown={items.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
    </div>
  );
}
