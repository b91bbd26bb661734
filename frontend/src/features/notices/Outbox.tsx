import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useActs } from "../../client/act";
import { api, body, client, idempotent } from "../../client/setup";
import type { OutboxLetter } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Loading } from "../../ui/Loading";
import { Pager } from "../../ui/Pager";
import { StateTag, type Tone } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import "./notices.css";

type State = OutboxLetter["state"];
const tones: Record<State, Tone> = { planned: "ink", held: "ink", sending: "ink", sent: "good", failed: "bad", unknown: "warn", cancelled: "plain" };

/** Every letter and what became of it: why it waits, why it was cancelled; read and sent again. */
export function Outbox() {
  const t = useText();
  const w = t.post;
  const [state, setState] = useState<State | "">("");
  const [kind, setKind] = useState("");
  const [words, setWords] = useState("");
  const [q, setQ] = useState("");
  const [shown, setShown] = useState<OutboxLetter>();
  const query = useInfiniteQuery({
    queryKey: ["letters", state, kind, q],
    initialPageParam: "",
    queryFn: async ({ pageParam }) =>
      body(await client.GET("/api/v1/letters", { params: { query: { limit: 20, ...(state && { state: [state] }), ...(kind && { kind }), ...(q && { q }), ...(pageParam && { cursor: pageParam }) } } })),
    getNextPageParam: (page) => page.next || undefined,
  });
  const first = query.data?.pages[0];
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <div className="stack">
      {first && !first.mail_server && <p className="note warn">{w.noServer}</p>}
      <div className="row" role="group" aria-label={w.state}>
        <Button small look={state === "" ? "main" : "plain"} aria-pressed={state === ""} onClick={() => setState("")}>
          {w.all}
        </Button>
        {first?.counts.map((c) => (
          <Button key={c.state} small look={state === c.state ? "main" : "plain"} aria-pressed={state === c.state} onClick={() => setState(c.state)}>
            {label(w.letterStates, c.state)} {c.count}
          </Button>
        ))}
      </div>
      <form
        className="notice-find"
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          setQ(words.trim());
        }}
      >
        <input className="input" type="search" aria-label={w.person} placeholder={w.person} value={words} onChange={(e) => setWords(e.target.value)} />
        <select className="input" aria-label={w.kind} value={kind} onChange={(e) => setKind(e.target.value)}>
          <option value="">
            {w.kind}: {w.all}
          </option>
          {Object.entries(w.kinds).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <Button type="submit">{w.searchGo}</Button>
      </form>
      <ErrorNote failure={query.error} />
      {query.isPending && <Loading />}
      {query.data && (
        <Table
          label={w.outbox}
          rows={items}
          id={(l) => l.id}
          empty={<Empty title={w.outboxNone} />}
          columns={[
            { key: "when", head: w.when, cell: (l) => <Time at={l.sent_at ?? l.event_at} /> },
            { key: "person", head: w.person, cell: (l) => l.person || <span className="muted">{w.noPerson}</span> },
            {
              key: "kind",
              head: w.kind,
              cell: (l) => (
                <>
                  {label(w.kinds, l.kind)}
                  <br />
                  <span className="muted small">{l.withheld ? w.withheld : l.title}</span>
                </>
              ),
            },
            {
              key: "state",
              head: w.state,
              cell: (l) => (
                <>
                  <StateTag tone={tones[l.state]} label={label(w.letterStates, l.state)} />
                  {l.reason && <div className="small">{label(w.reasons, l.reason)}</div>}
                  {l.attempt > 1 && <div className="muted small">{w.attempts(l.attempt)}</div>}
                </>
              ),
            },
            {
              key: "do",
              head: t.ui.actions,
              bare: true,
              cell: (l) => (
                <div className="stack tight">
                  {!l.withheld && (
                    <div>
                      <Button small onClick={() => setShown(l)}>
                        {w.preview}
                      </Button>
                    </div>
                  )}
                  <Turn letter={l} />
                </div>
              ),
            },
          ]}
        />
      )}
      {items.length > 0 && <Pager shown={items.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      <Dialog title={w.preview} open={!!shown} onClose={() => setShown(undefined)}>
        {shown && <Preview id={shown.id} />}
      </Dialog>
    </div>
  );
}

function Turn({ letter: l }: { letter: OutboxLetter }) {
  const params = { path: { letter: l.id } };
  const acts = useActs({
    "letter.resend": ({ key }) => client.POST("/api/v1/letters/{letter}/resend", { params, headers: idempotent(key) }),
    "letter.cancel": ({ key }) => client.POST("/api/v1/letters/{letter}/cancel", { params, headers: idempotent(key) }),
  });
  return <Actions small actions={l.actions} acts={acts} looks={{ "letter.resend": "plain", "letter.cancel": "quiet" }} />;
}

/** The letter as it would go out now. */
function Preview({ id }: { id: string }) {
  const w = useText().post;
  const query = api.useQuery("get", "/api/v1/letters/{letter}", { params: { path: { letter: id } } });
  return (
    <Loaded query={query}>
      {(l) => (
        <div className="stack tight">
          <dl className="pairs">
            <dt>{w.person}</dt>
            <dd>{l.person}</dd>
            <dt>{w.subject}</dt>
            <dd>{l.subject}</dd>
            <dt>{w.state}</dt>
            <dd>
              <StateTag tone={tones[l.state]} label={label(w.letterStates, l.state)} /> {l.reason && label(w.reasons, l.reason)}
            </dd>
            {l.error && (
              <>
                <dt>{w.reason}</dt>
                <dd className="mono small">{l.error}</dd>
              </>
            )}
            {l.message_id && (
              <>
                <dt>Message-ID</dt>
                <dd className="mono small">{l.message_id}</dd>
              </>
            )}
          </dl>
          <pre className="letter-text">{l.text}</pre>
        </div>
      )}
    </Loaded>
  );
}
