import { Link } from "@tanstack/react-router";
import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { RelationLine } from "../../features/orgs/OrgRelations";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** What waits for the operator: units to verify, and relations to confirm. */
export default function VerifyDeskPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/desk/orgs", {});
  return (
    <div className="stack loose">
      <PageHead title={t.units.desk.title} lead={t.units.desk.lead} />
      <Loaded query={query}>
        {(desk) => (
          <>
            <Section title={t.units.desk.orgs} side={String(desk.orgs.length)} tools={<ExportMenu save={exporter("/api/v1/desk/orgs")} />}>
              <Table
                label={t.units.desk.orgs}
                rows={desk.orgs}
                id={(o) => o.id}
                empty={<p className="muted">{t.units.desk.none}</p>}
                columns={[
                  { key: "name", head: t.register.name, cell: (o) => <Link to="/orgs/$id" params={{ id: o.id }}>{o.name}</Link> },
                  { key: "kind", head: t.register.kind, cell: (o) => label(t.org.kinds, o.kind) },
                  { key: "uscc", head: t.org.uscc, cell: (o) => <span className="mono small">{o.uscc}</span> },
                  { key: "city", head: t.register.city, cell: (o) => o.city || o.region },
                  { key: "since", head: t.units.desk.waiting, cell: (o) => <Time at={o.updated_at} /> },
                ]}
              />
            </Section>
            <Section title={t.units.desk.relations} side={String(desk.relations.length)}>
              {desk.relations.length === 0 ? (
                <p className="muted">{t.units.desk.noRelations}</p>
              ) : (
                <ul className="plain-list">
                  {desk.relations.map((r) => (
                    <li key={r.id}>
                      <RelationLine relation={r} actions={["org.confirm_relation", "org.refuse_relation"]}>
                        <span>
                          <Link to="/orgs/$id" params={{ id: r.child.id }}>{r.child.name}</Link> · {t.org.isChild(r.parent.name)}
                        </span>
                      </RelationLine>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
    </div>
  );
}
