import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { body, client } from "../../client/setup";
import type { Notice, NoticeChoice } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { noticeWords } from "./noticeWords";
import "./notices.css";

type Group = NonNullable<NoticeChoice["group"]>;

/** What concerned me, newest first. Opening one marks it as read. */
export function NoticeList({ link, below }: { link: (n: Notice, words: ReactNode, seen: () => void) => ReactNode; below?: (n: Notice) => ReactNode }) {
  const t = useText();
  const [unread, setUnread] = useState(false);
  const [group, setGroup] = useState("");
  const [words, setWords] = useState("");
  const [q, setQ] = useState("");
  const query = useInfiniteQuery({
    queryKey: ["notices", unread, group, q],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => body(await client.GET("/api/v1/notices", { params: { query: { limit: 20, unread, ...(group && { group: [group as Group] }), ...(q && { q }), ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next || undefined,
  });
  const read = useAct((ids: string[]) => client.POST("/api/v1/notices/read", { body: ids.length ? { ids } : {} }));
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  const left = query.data?.pages[0]?.unread ?? 0;
  return (
    <div className="stack">
      <div className="row spread">
        <Check label={t.notice.onlyUnread} checked={unread} onChange={setUnread} />
        <span className="row">
          <span className="muted small">{t.notices.unread(left)}</span>
          {left > 0 && (
            <Button small busy={read.pending} onClick={() => void read.run([])}>
              {t.notice.readAll}
            </Button>
          )}
          <ExportMenu save={exporter("/api/v1/notices", { query: { unread } })} />
        </span>
      </div>
      <form
        className="notice-find"
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          setQ(words.trim());
        }}
      >
        <input className="input" type="search" aria-label={t.post.search} placeholder={t.post.search} value={words} onChange={(e) => setWords(e.target.value)} />
        <select className="input" aria-label={t.post.group} value={group} onChange={(e) => setGroup(e.target.value)}>
          <option value="">
            {t.post.group}: {t.post.all}
          </option>
          {Object.entries(t.post.groups).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <Button type="submit">{t.post.searchGo}</Button>
      </form>
      <ErrorNote failure={query.error ?? read.problem} />
      {query.isPending && <Loading />}
      {query.data && items.length === 0 && <Empty title={t.notices.none} />}
      {items.length > 0 && (
        <>
          <ul className="notices">
            {items.map((n) => (
              <li key={n.id} className={n.read_at ? "" : "unread"}>
                <div>
                  {link(n, noticeWords(t, n), () => {
                    if (!n.read_at) void read.run([n.id]);
                  })}
                  {typeof n.params.code === "string" && n.params.code && <span className="muted small mono"> {n.params.code}</span>}
                  {below?.(n)}
                </div>
                <span className="row small">
                  <Time at={n.at} />
                  {n.read_at ? null : (
                    <Button small look="quiet" onClick={() => void read.run([n.id])}>
                      {t.actions["notice.read"]}
                    </Button>
                  )}
                  {n.kind.startsWith("bid.") && ["bid.award", "bid.reserve", "bid.not_award"].includes(n.kind) && <StateTag tone={n.kind === "bid.award" ? "good" : "ink"} label={t.actions[n.kind]!} />}
                </span>
              </li>
            ))}
          </ul>
          <Pager shown={items.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
        </>
      )}
    </div>
  );
}
