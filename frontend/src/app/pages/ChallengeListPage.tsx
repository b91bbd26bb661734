import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import { ChallengeFilters } from "../../features/challenges/ChallengeFilters";
import { ChallengeRow } from "../../features/challenges/ChallengeRow";
import { askedOf, useChallengeSearch, type ChallengeQuery } from "../../features/challenges/useChallengeSearch";
import { OverviewStrip } from "../../features/overview/OverviewStrip";
import { useText, withWords } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { useAbout } from "../shell/useAbout";
import "../../features/challenges/challenges.css";

// Only for those who are signed in: the public page stays light.
const Subscribe = lazy(() => withWords(() => import("./SubscribeToList")));

export default function ChallengeListPage() {
  const t = useText();
  const query = useSearch({ strict: false }) as ChallengeQuery;
  const go = useNavigate();
  const about = useAbout();
  const me = useMe();
  const found = useChallengeSearch(query);
  const [words, setWords] = useState(query.q ?? "");
  const [open, setOpen] = useState(false);
  const change = (part: ChallengeQuery) => void go({ to: "/", search: { ...query, ...part }, replace: true, resetScroll: false });
  const filtered = [query.q, query.chain, query.tag, query.city, query.type, query.state, query.competition, query.bounty_min, query.bounty_max, query.within].some(Boolean);

  return (
    <div className="stack">
      <PageHead
        title={t.list.title}
        lead={t.list.lead}
        side={
          <Link to="/figures" className="small">
            {t.figures.link} →
          </Link>
        }
      />
      {about?.needs_set_up && (
        <p className="note warn">
          {t.enter.setUpLead} <Link to="/set-up">{t.enter.setUp}</Link>
        </p>
      )}
      <OverviewStrip />
      <form
        className="search-bar"
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          const q = words.trim() || undefined;
          change({ q, sort: query.sort === "relevance" && !q ? undefined : query.sort });
        }}
      >
        <input className="input" type="search" aria-label={t.list.search} placeholder={t.list.search} value={words} onChange={(e) => setWords(e.target.value)} />
        <Button type="submit" look="main">
          {t.list.searchGo}
        </Button>
      </form>
      <div className="list-layout">
        <aside className={open ? "open" : ""} id="filters" aria-label={t.list.filters}>
          <ChallengeFilters facets={found.facets} query={query} onChange={change} />
        </aside>
        <section className="stack tight" aria-label={t.list.title} aria-busy={found.isFetching}>
          <div className="list-head">
            <div className="row">
              <Button className="filters-toggle" small aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>
                {t.list.filters}
              </Button>
              {found.total !== undefined && <span className="muted small">{t.about(found.total, found.capped)}</span>}
              {filtered && (
                <Button
                  small
                  look="quiet"
                  onClick={() => {
                    setWords("");
                    void go({ to: "/", search: { sort: query.sort }, replace: true });
                  }}
                >
                  {t.list.clear}
                </Button>
              )}
            </div>
            <ExportMenu save={exporter("/api/v1/challenges", { query: askedOf(query) })} />
            <span className="row small">
              <a href="/api/v1/challenges.atom" type="application/atom+xml">
                Atom
              </a>
              <a href="/api/v1/challenges.ics" type="text/calendar">
                ICS
              </a>
            </span>
            <label className="row small">
              <span className="muted">{t.list.sort}</span>
              <select className="input" value={query.sort ?? (query.q ? "relevance" : "newest")} onChange={(e) => change({ sort: e.target.value })}>
                {Object.entries(t.list.sorts).filter(([value]) => query.q || value !== "relevance").map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {me && (query.q || query.chain || query.tag) && (
            <Suspense>
              <Subscribe q={query.q} chain={query.chain} tag={query.tag} />
            </Suspense>
          )}
          <ErrorNote failure={found.error} />
          {found.isPending && <Loading />}
          {found.data && found.items.length === 0 && <Empty title={t.list.none}>{t.list.noneHint}</Empty>}
          {found.maybe && (
            <p className="center">
              {t.list.maybe}{" "}
              <Button
                small
                onClick={() => {
                  setWords(found.maybe);
                  change({ q: found.maybe });
                }}
              >
                {found.maybe}
              </Button>
            </p>
          )}
          {found.items.length > 0 && (
            <>
              <ol className="challenge-list">
                {found.items.map((c) => (
                  <ChallengeRow
                    key={c.id}
                    challenge={c}
                    title={
                      <Link to="/challenges/$id" params={{ id: c.id }}>
                        {c.title}
                      </Link>
                    }
                  />
                ))}
              </ol>
              <Pager shown={found.items.length} more={found.hasNextPage} busy={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}
