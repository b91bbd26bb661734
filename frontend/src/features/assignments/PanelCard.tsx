import { useState } from "react";
import { useActs } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { label, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Empty } from "../../ui/Empty";
import { NumberInput, TextInput } from "../../ui/inputs";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** The draw of a panel by a recorded seed, what it drew, and the assignment of bids to it. */
export function PanelCard({ challenge, actions }: { challenge: string; actions: string[] }) {
  const t = useText();
  const [size, setSize] = useState<number | undefined>(7);
  const [seed, setSeed] = useState("");
  const params = { path: { id: challenge } };
  const panel = api.useQuery("get", "/api/v1/challenges/{id}/panel", { params });
  const acts = useActs({
    "panel.draw": ({ key }) => client.POST("/api/v1/challenges/{id}/panel", { params, body: { size: size ?? 7, ...(seed && { seed }) }, headers: idempotent(key) }),
    "assignment.run": ({ key }) => client.POST("/api/v1/challenges/{id}/assignment", { params, headers: idempotent(key) }),
  });
  return (
    <div className="stack">
      {actions.includes("panel.draw") && (
        <div className="form-grid card">
          <NumberInput label={t.officer.size} value={size} onChange={setSize} />
          <TextInput label={t.officer.seed} hint={t.officer.drawHint} value={seed} onChange={setSeed} />
        </div>
      )}
      <Actions actions={actions} acts={acts} />
      {panel.data ? (
        <>
          <dl className="pairs card">
            <dt>{t.ranking.at}</dt>
            <dd>
              <Time at={panel.data.at} seconds />
            </dd>
            <dt>{t.officer.seed}</dt>
            <dd className="mono">{panel.data.seed}</dd>
            <dt>{t.officer.list}</dt>
            <dd className="mono">{panel.data.list_digest}</dd>
          </dl>
          <Table
            label={t.detail.tabs.panel}
            rows={panel.data.seats}
            id={(s) => s.expert.id}
            columns={[
              { key: "name", head: t.kinds.expert!, cell: (s) => s.expert.name },
              { key: "unit", head: t.kinds.org!, cell: (s) => s.unit },
              { key: "type", head: t.detail.type, cell: (s) => label(t.enums.expert_type, s.type) },
              { key: "seat", head: t.officer.size, cell: (s) => label(t.enums.seat, s.seat) },
              { key: "state", head: t.list.state, cell: (s) => <StateTag tone={toneOf(s.state)} label={stateLabel(t, "assignment", s.state)} /> },
            ]}
          />
        </>
      ) : (
        !panel.isPending && <Empty title={t.ui.nothing} />
      )}
    </div>
  );
}
