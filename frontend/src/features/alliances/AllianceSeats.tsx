import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Alliance, AllianceMember } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { NumberInput, Select } from "../../ui/inputs";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who sits in an alliance, with what share, and whether the unit itself has said yes. */
export function AllianceSeats({ alliance: a }: { alliance: Alliance }) {
  const t = useText();
  const [changing, setChanging] = useState<AllianceMember>();
  const end = useAct((member: string) => client.DELETE("/api/v1/alliances/{id}/members/{member}", { params: { path: { id: a.id, member } } }));
  return (
    <>
      {a.shares_bp > 0 && <p className="small muted">{t.units.shares(String(a.shares_bp / 100), String((10000 - a.shares_bp) / 100))}</p>}
      <Table
        label={t.alliance.members}
        rows={a.members}
        id={(m) => m.id}
        columns={[
          { key: "org", head: t.kinds.org!, cell: (m) => <Link to="/orgs/$id" params={{ id: m.org.id }}>{m.org.name}</Link> },
          { key: "role", head: t.alliance.role, cell: (m) => label(t.alliance.roles, m.role) },
          { key: "share", head: t.alliance.share, right: true, cell: (m) => (m.share_bp ? m.share_bp / 100 : t.ui.none) },
          { key: "since", head: t.register.since, cell: (m) => <Time at={m.since} day /> },
          { key: "state", head: t.list.state, cell: (m) => <StateTag tone={m.confirmed ? "good" : "warn"} label={m.confirmed ? t.units.seat.confirmed : t.units.seat.waiting} /> },
          {
            key: "do",
            head: t.ui.actions,
            bare: true,
            cell: (m) => (
              <div className="row">
                {m.mine && <Answer alliance={a} member={m} />}
                {a.actions.includes("alliance.change_member") && (
                  <Button small look="quiet" onClick={() => setChanging(m)}>
                    {t.actions["alliance.change_member"]}
                  </Button>
                )}
                {a.actions.includes("alliance.end_member") && (
                  <Button small look="quiet" busy={end.pending} onClick={() => void end.run(m.id)}>
                    {t.actions["alliance.end_member"]}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
      <ErrorNote failure={end.problem} />
      {changing && <Change alliance={a} member={changing} onClose={() => setChanging(undefined)} />}
    </>
  );
}

/** The unit's own word on its seat. */
function Answer({ alliance: a, member: m }: { alliance: Alliance; member: AllianceMember }) {
  const t = useText();
  const params = { path: { id: a.id, member: m.id } };
  const acts = useActs(
    m.confirmed
      ? { "alliance.leave": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/members/{member}/leave", { params, body: { reason }, headers: idempotent(key) }) }
      : {
          "alliance.confirm": ({ key }) => client.POST("/api/v1/alliances/{id}/members/{member}/confirm", { params, headers: idempotent(key) }),
          "alliance.refuse": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/members/{member}/refuse", { params, body: { reason }, headers: idempotent(key) }),
        },
  );
  return <Actions small actions={a.actions} acts={acts} reasons={["alliance.refuse", "alliance.leave"]} labelReason={t.reason} looks={{ "alliance.leave": "plain" }} />;
}

function Change({ alliance: a, member: m, onClose }: { alliance: Alliance; member: AllianceMember; onClose: () => void }) {
  const t = useText();
  const [role, setRole] = useState(m.role);
  const [share, setShare] = useState<number | undefined>(m.share_bp / 100);
  const change = useAct((_: void, key) => client.POST("/api/v1/alliances/{id}/members/{member}", { params: { path: { id: a.id, member: m.id } }, body: { role, share_bp: Math.round((share ?? 0) * 100) }, headers: idempotent(key) }), onClose);
  const error = useErrors(change.problem);
  return (
    <FormDialog title={`${t.actions["alliance.change_member"]} · ${m.org.name}`} onClose={onClose} onSubmit={() => void change.run()} busy={change.pending} failure={change.problem}>
      <Select label={t.alliance.role} value={role} onChange={(v) => setRole(v as typeof role)} choices={Object.entries(t.alliance.roles).map(([value, name]) => ({ value, label: name }))} error={error("role")} />
      <NumberInput label={t.alliance.share} value={share} onChange={setShare} error={error("share_bp")} />
    </FormDialog>
  );
}
