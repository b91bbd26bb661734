import { api } from "../../client/setup";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who did what to a thing, and when; with the check of the chain that holds it together. */
export function TrailTable({ kind, id }: { kind: string; id: string }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/trail/{kind}/{id}", { params: { path: { kind, id } } });
  return (
    <Loaded query={query}>
      {(trail) => (
        <div className="stack tight">
          <div>
            <StateTag tone={trail.verified ? "good" : "bad"} label={trail.verified ? t.trail.verified : t.trail.broken} />
          </div>
          <Table
            label={t.trail.title}
            rows={trail.items}
            id={(l) => l.id}
            columns={[
              { key: "when", head: t.trail.when, cell: (l) => <Time at={l.at} seconds /> },
              { key: "who", head: t.trail.who, cell: (l) => l.actor ?? t.roles.platform },
              { key: "what", head: t.trail.what, cell: (l) => label(t.actions, l.action) },
              { key: "to", head: t.list.state, cell: (l) => (l.to ? `${l.from ? `${stateLabel(t, kind, l.from)} → ` : ""}${stateLabel(t, kind, l.to)}` : t.ui.none) },
              { key: "note", head: t.trail.note, cell: (l) => l.note || t.ui.none },
              { key: "hash", head: "#", cell: (l) => <span className="mono small" title={l.hash}>{l.hash.slice(0, 10)}</span> },
            ]}
          />
        </div>
      )}
    </Loaded>
  );
}
