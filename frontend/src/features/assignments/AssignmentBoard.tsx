import { useActs } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { AssignmentBoard as Board, AssignmentSeat } from "../../client/views";
import { label, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { Conflicts } from "./Conflicts";

/** Which expert has which bid, who has accepted, stepped aside or handed in. */
export function AssignmentBoard({ challenge, actions }: { challenge: string; actions: string[] }) {
  const t = useText();
  const params = { path: { id: challenge } };
  const query = api.useQuery("get", "/api/v1/challenges/{id}/assignments", { params });
  const acts = useActs({ "assignment.run": ({ key }) => client.POST("/api/v1/challenges/{id}/assignments", { params, headers: idempotent(key) }) });
  return (
    <div className="stack loose">
      <Actions actions={actions} acts={acts} />
      <Loaded query={query}>
        {({ bids }) => (bids.length ? (
          <>
            <div className="row end">
              <ExportMenu save={exporter("/api/v1/challenges/{id}/assignments", params)} />
            </div>
            {bids.map((b) => <BidSeats key={b.bid} board={b} />)}
          </>
        ) : <Empty title={t.assign.none}>{t.assign.noneHint}</Empty>)}
      </Loaded>
      <Conflicts challenge={challenge} actions={actions} />
    </div>
  );
}

function BidSeats({ board: b }: { board: Board }) {
  const t = useText();
  return (
    <Section title={`${b.code} · ${b.team}`} side={t.assign.progress(b.done, b.live)}>
      <Table
        label={b.code}
        rows={b.experts}
        id={(s) => s.id}
        empty={<p className="muted">{t.assign.noExperts}</p>}
        columns={[
          { key: "name", head: t.kinds.expert!, cell: (s) => s.name },
          { key: "unit", head: t.kinds.org!, cell: (s) => s.unit },
          { key: "kind", head: t.detail.type, cell: (s) => label(t.enums.expert_type, s.kind) },
          {
            key: "state",
            head: t.list.state,
            cell: (s) => (
              <>
                <StateTag tone={toneOf(s.state)} label={s.state === "accepted" && s.begun ? t.assign.begun : stateLabel(t, "assignment", s.state)} />
                {s.reason && <p className="muted small">{s.reason}</p>}
              </>
            ),
          },
          { key: "at", head: t.trail.when, cell: (s) => <Time at={s.updated_at} /> },
          { key: "do", head: t.ui.actions, bare: true, cell: (s) => <Replace seat={s} /> },
        ]}
      />
    </Section>
  );
}

function Replace({ seat: s }: { seat: AssignmentSeat }) {
  const t = useText();
  const acts = useActs({
    "assignment.set_aside": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/set_aside", { params: { path: { id: s.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(s) } }),
    "assignment.replace": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/replace", { params: { path: { id: s.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(s) } }),
  });
  return <Actions small actions={s.actions} acts={acts} reasons={["assignment.replace", "assignment.set_aside"]} looks={{ "assignment.replace": "quiet", "assignment.set_aside": "quiet" }} labelReason={t.reason} />;
}
