import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { asProblem } from "../../client/problem";
import { api, client, idempotent } from "../../client/setup";
import type { Team } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who is on a team; shown to the team, its unit and offices. */
export function TeamMembers({ team }: { team: Team }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [next, setNext] = useState<string>();
  const [taking, setTaking] = useState(false);
  const query = api.useQuery("get", "/api/v1/teams/{id}/members", { params: { path: { id: team.id } } }, { retry: false });
  const end = useAct((member: string) => client.DELETE("/api/v1/teams/{id}/members/{member}", { params: { path: { id: team.id, member } } }));
  if (!query.data || (query.error && asProblem(query.error).status >= 400)) return null;
  return (
    <Section title={t.teams.members} tools={<ExportMenu save={exporter("/api/v1/teams/{id}/members", { path: { id: team.id } })} />}>
      <Table
        label={t.teams.members}
        rows={query.data.members}
        id={(m) => m.id}
        columns={[
          { key: "name", head: t.account.name, cell: (m) => <>{m.name} {m.role === "lead" && <StateTag tone="ink" label={t.teams.lead} />}</> },
          { key: "login", head: t.org.login, cell: (m) => <span className="mono">{m.login}</span> },
          { key: "since", head: t.teams.joined, cell: (m) => <Time at={m.joined_at} day /> },
          {
            key: "do",
            head: t.ui.actions,
            bare: true,
            cell: (m) =>
              m.role !== "lead" && (
                <span className="row">
                  {team.actions.includes("team.hand_over") && (
                    <Button small look="quiet" onClick={() => setNext(m.id)}>
                      {t.teams.handOver}
                    </Button>
                  )}
                  {team.actions.includes("team.end_member") && (
                    <Button small look="quiet" busy={end.pending} onClick={() => void end.run(m.id)}>
                      {t.actions["team.end_member"]}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
      />
      <ErrorNote failure={end.problem} />
      {team.actions.includes("team.add_member") && (
        <div>
          <Button small onClick={() => setAdding(true)}>
            {t.actions["team.add_member"]}
          </Button>
        </div>
      )}
      {team.actions.includes("team.take_over") && (
        <div>
          <Button small onClick={() => setTaking(true)}>
            {t.actions["team.take_over"]}
          </Button>
        </div>
      )}
      {taking && <TakeOver team={team} onClose={() => setTaking(false)} />}
      {adding && <Add team={team} onClose={() => setAdding(false)} />}
      {next && <HandOver team={team} member={next} onClose={() => setNext(undefined)} />}
    </Section>
  );
}

function Add({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useText();
  const [login, setLogin] = useState("");
  const add = useAct((_: void, key) => client.POST("/api/v1/teams/{id}/members", { params: { path: { id: team.id } }, body: { login: login.trim() }, headers: idempotent(key) }), onClose);
  const error = useErrors(add.problem);
  return (
    <FormDialog title={t.actions["team.add_member"]!} onClose={onClose} onSubmit={() => void add.run()} busy={add.pending} failure={add.problem} disabled={!login.trim()}>
      <TextInput label={t.org.login} required value={login} onChange={setLogin} error={error("login")} />
    </FormDialog>
  );
}

/** The unit gives a team whose lead is gone a new lead. */
function TakeOver({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useText();
  const [login, setLogin] = useState("");
  const [reason, setReason] = useState("");
  const take = useAct((_: void, key) => client.POST("/api/v1/teams/{id}/take_over", { params: { path: { id: team.id } }, body: { login: login.trim(), reason: reason.trim() }, headers: idempotent(key) }), onClose);
  const error = useErrors(take.problem);
  return (
    <FormDialog title={t.actions["team.take_over"]!} onClose={onClose} onSubmit={() => void take.run()} busy={take.pending} failure={take.problem} disabled={!login.trim() || [...reason.trim()].length < 4}>
      <TextInput label={t.org.login} required value={login} onChange={setLogin} error={error("login")} />
      <TextArea label={t.reason} required maxLength={500} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}

function HandOver({ team, member, onClose }: { team: Team; member: string; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState("");
  const give = useAct((_: void, key) => client.POST("/api/v1/teams/{id}/lead", { params: { path: { id: team.id } }, body: { member, reason: reason.trim() }, headers: idempotent(key) }), onClose);
  return (
    <FormDialog title={t.teams.handOver} onClose={onClose} onSubmit={() => void give.run()} busy={give.pending} failure={give.problem} disabled={[...reason.trim()].length < 4}>
      <TextArea label={t.reason} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
