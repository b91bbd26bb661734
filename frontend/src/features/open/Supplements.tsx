import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import type { Change } from "../../client/views";
import { useListText } from "../../text/list";
import { pathText } from "../../text/problem";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** What was added to a challenge's text since it was published, by number. */
export function Supplements({ challenge }: { challenge: string }) {
  const l = useListText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/supplements", { params: { path: { id: challenge } } });
  return (
    <Section title={l.supplements} side={query.data && l.textNo(query.data.text_no)} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/supplements", { path: { id: challenge } })} />}>
      <Loaded query={query}>
        {({ items }) => (
          <div className="stack">
            {items.length === 0 && <p className="muted">{l.noSupplements}</p>}
            {items.map((s) => (
              <article key={s.no} className="card stack tight">
                <div className="row spread">
                  <strong>
                    {l.supplementNo(s.no)} · {label(l.kinds, s.kind)}
                  </strong>
                  <Time at={s.at} />
                </div>
                {s.question && <p className="prose">{s.question}</p>}
                {s.answer && <p className="prose">{s.answer}</p>}
                {s.changes.length > 0 && <Changes changes={s.changes} />}
                {s.deadline_after && (
                  <p>
                    {l.deadlineMoved}：<Time at={s.deadline_before} /> → <Time at={s.deadline_after} />
                  </p>
                )}
                {s.reason && (
                  <p className="small">
                    {l.reason}：{s.reason}
                  </p>
                )}
              </article>
            ))}
          </div>
        )}
      </Loaded>
    </Section>
  );
}

/** Fields with what they said before and say now. */
export function Changes({ changes }: { changes: Change[] }) {
  const t = useText();
  const l = useListText();
  return (
    <Table
      label={l.after}
      rows={changes}
      id={(x) => x.path}
      columns={[
        { key: "path", head: t.fields.name ?? "", cell: (x) => x.name || label(l.paths, x.path === label(l.paths, x.path) ? undefined : x.path) || pathText(t, x.path) },
        { key: "before", head: l.before, cell: (x) => <span className="muted">{x.before || "—"}</span> },
        { key: "after", head: l.after, cell: (x) => x.after || "—" },
      ]}
    />
  );
}
