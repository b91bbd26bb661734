import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { exporter } from "../../client/exporter";
import type { paths } from "../../client/schema";
import { useMe } from "../../client/session";
import { body, client } from "../../client/setup";
import { BatchList } from "../../features/batches/BatchList";
import { CatalogueList } from "../../features/catalogue/CatalogueList";
import { OrgForm } from "../../features/orgs/OrgForm";
import { label, named, stateLabel, toneOf } from "../../text/say";
import { useLanguage, useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { TextInput } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";
import { StateTag } from "../../ui/StateTag";
import { Table, type Column } from "../../ui/Table";
import { Tabs, type Tab } from "../../ui/Tabs";

/** Everything that is registered, to find, to add and to keep. */
export default function RegistersPage() {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const { tab = "orgs" } = useSearch({ strict: false }) as { tab?: string };
  const office = me?.roles.some((r) => ["officer", "operator", "auditor"].includes(r));
  const tabs: Tab[] = [
    { key: "orgs", label: t.org.list, body: () => <Orgs /> },
    { key: "alliances", label: t.alliance.list, body: () => <Alliances /> },
    { key: "teams", label: t.teams.list, body: () => <Teams /> },
    ...(office ? [{ key: "experts", label: t.experts.list, body: () => <Experts /> }] : []),
    { key: "batches", label: t.batches.list, body: () => <BatchList /> },
    { key: "catalogues", label: t.catalogues.list, body: () => <CatalogueList /> },
  ];
  return (
    <div className="stack">
      <PageHead title={t.register.title} lead={t.register.lead} />
      {me && (
        <p className="row">
          {me.roles.some((r) => ["operator", "auditor"].includes(r)) && <Link to="/desk/orgs">{t.units.desk.title}</Link>}
          <Link to="/integrity">{t.units.integrity.link}</Link>
        </p>
      )}
      <Tabs label={t.register.title} tabs={tabs} chosen={tab} onChoose={(key) => void go({ to: "/registers", search: { tab: key }, replace: true })} />
    </div>
  );
}

interface Page<Row> {
  rows: Row[];
  next: string;
}

/** One endless list with its search box. */
function Register<Row extends { id: string }>({ name, door, load, columns, side }: { name: string; door: keyof paths; load: (q: string, cursor: string) => Promise<Page<Row>>; columns: Column<Row>[]; side?: ReactNode }) {
  const t = useText();
  const [q, setQ] = useState("");
  const [asked, setAsked] = useState("");
  const query = useInfiniteQuery({ queryKey: ["register", name, asked], initialPageParam: "", queryFn: ({ pageParam }) => load(asked, pageParam), getNextPageParam: (page) => page.next || undefined });
  const rows = query.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <div className="stack">
      <form
        className="row"
        role="search"
        onSubmit={(e) => {
          e.preventDefault();
          setAsked(q.trim());
        }}
      >
        <TextInput label={t.register.search} type="search" value={q} onChange={setQ} />
        <Button type="submit" style={{ alignSelf: "end" }}>
          {t.list.searchGo}
        </Button>
        {side}
        <span className="row end">
          <ExportMenu save={exporter(door, { query: { q: asked } })} />
        </span>
      </form>
      <ErrorNote failure={query.error} />
      {query.isPending ? (
        <Loading />
      ) : (
        <>
          <Table label={name} rows={rows} id={(r) => r.id} empty={<Empty title={t.register.none} />} columns={columns} />
          {rows.length > 0 && <Pager shown={rows.length} more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
        </>
      )}
    </div>
  );
}

const page = (q: string, cursor: string) => ({ ...(q && { q }), ...(cursor && { cursor }) });

function Orgs() {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <Register
        name={t.org.list}
        door="/api/v1/orgs"
        side={
          me?.actions.includes("org.register") && (
            <Button look="main" style={{ alignSelf: "end" }} onClick={() => setAdding(true)}>
              {t.actions["org.register"]}
            </Button>
          )
        }
        load={async (q, cursor) => {
          const { orgs, next } = body(await client.GET("/api/v1/orgs", { params: { query: page(q, cursor) } }));
          return { rows: orgs, next };
        }}
        columns={[
          { key: "name", head: t.register.name, cell: (o) => <Link to="/orgs/$id" params={{ id: o.id }}>{o.name}</Link> },
          { key: "kind", head: t.register.kind, cell: (o) => label(t.org.kinds, o.kind) },
          { key: "uscc", head: t.org.uscc, cell: (o) => <span className="mono small">{o.uscc}</span> },
          { key: "city", head: t.register.city, cell: (o) => o.city || o.region },
          { key: "state", head: t.list.state, cell: (o) => <StateTag tone={toneOf(o.state)} label={stateLabel(t, "org", o.state)} /> },
        ]}
      />
      {adding && <OrgForm onClose={() => setAdding(false)} done={(o) => void go({ to: "/orgs/$id", params: { id: o.id } })} />}
    </>
  );
}

function Alliances() {
  const { t, language } = useLanguage();
  return (
    <Register
      name={t.alliance.list}
      door="/api/v1/alliances"
      load={async (q, cursor) => {
        const { alliances, next } = body(await client.GET("/api/v1/alliances", { params: { query: page(q, cursor) } }));
        return { rows: alliances, next };
      }}
      columns={[
        { key: "name", head: t.register.name, cell: (a) => <Link to="/alliances/$id" params={{ id: a.id }}>{a.name}</Link> },
        { key: "leader", head: t.alliance.leader, cell: (a) => a.leader.name },
        { key: "chain", head: t.detail.chain, cell: (a) => named({ name_zh: a.chain_zh, name_en: a.chain_en, name: a.chain }, language) },
        { key: "tier", head: t.alliance.tier, cell: (a) => `${label(t.alliance.levels, a.level)} · ${label(t.alliance.tiers, a.tier)}` },
        { key: "state", head: t.list.state, cell: (a) => <StateTag tone={toneOf(a.state)} label={stateLabel(t, "alliance", a.state)} /> },
      ]}
    />
  );
}

function Teams() {
  const { t, language } = useLanguage();
  return (
    <Register
      name={t.teams.list}
      door="/api/v1/teams"
      load={async (q, cursor) => {
        const { teams, next } = body(await client.GET("/api/v1/teams", { params: { query: page(q, cursor) } }));
        return { rows: teams, next };
      }}
      columns={[
        { key: "name", head: t.register.name, cell: (x) => <Link to="/teams/$id" params={{ id: x.id }}>{x.name}</Link> },
        { key: "org", head: t.team.org, cell: (x) => x.org.name },
        { key: "tags", head: t.team.tags, cell: (x) => <span className="row">{x.domains.slice(0, 3).map((d) => <StateTag key={d.tag} tone="ink" label={named(d, language)} />)}</span> },
        { key: "trl", head: "TRL", cell: (x) => `${x.trl_min}–${x.trl_max}` },
      ]}
    />
  );
}

function Experts() {
  const { t, language } = useLanguage();
  return (
    <Register
      name={t.experts.list}
      door="/api/v1/experts"
      load={async (q, cursor) => {
        const { experts, next } = body(await client.GET("/api/v1/experts", { params: { query: page(q, cursor) } }));
        return { rows: experts, next };
      }}
      columns={[
        { key: "name", head: t.account.name, cell: (e) => <Link to="/experts/$id" params={{ id: e.id }}>{e.name}</Link> },
        { key: "unit", head: t.experts.unit, cell: (e) => e.unit },
        { key: "kind", head: t.register.kind, cell: (e) => label(t.enums.expert_type, e.kind) },
        { key: "tags", head: t.experts.domains, cell: (e) => <span className="row">{e.domains.slice(0, 3).map((d) => <StateTag key={d.tag} tone="ink" label={named(d, language)} />)}</span> },
        { key: "load", head: t.experts.load, right: true, cell: (e) => t.ui.of(String(e.reviews_this_year), String(e.yearly_cap)) },
        { key: "state", head: t.list.state, cell: (e) => <StateTag tone={toneOf(e.state)} label={stateLabel(t, "expert", e.state)} /> },
      ]}
    />
  );
}
