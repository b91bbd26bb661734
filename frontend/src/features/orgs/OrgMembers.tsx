import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent } from "../../client/setup";
import { asProblem } from "../../client/problem";
import type { Org } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who speaks for a unit; shown to its administrators and to offices. */
export function OrgMembers({ org }: { org: Org }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const params = { path: { id: org.id } };
  const query = api.useQuery("get", "/api/v1/orgs/{id}/members", { params }, { retry: false });
  const end = useAct((member: string) => client.DELETE("/api/v1/orgs/{id}/members/{member}", { params: { path: { id: org.id, member } } }));
  const appoint = useAct(({ member, role }: { member: string; role: "admin" | "poster" | "member" }, key) => client.POST("/api/v1/orgs/{id}/members/{member}/role", { params: { path: { id: org.id, member } }, body: { role }, headers: idempotent(key) }));
  if (query.error && [401, 403, 404].includes(asProblem(query.error).status)) return null;
  if (!query.data) return null;
  return (
    <Section title={t.org.members} tools={<ExportMenu save={exporter("/api/v1/orgs/{id}/members", { path: { id: org.id } })} />}>
      <Table
        label={t.org.members}
        rows={query.data.members}
        id={(m) => m.id}
        empty={<Empty title={t.org.noMembers} />}
        columns={[
          { key: "name", head: t.account.name, cell: (m) => m.name },
          { key: "login", head: t.org.login, cell: (m) => <span className="mono">{m.login}</span> },
          { key: "role", head: t.account.roles, cell: (m) => label(t.org.roles, m.role) },
          { key: "since", head: t.register.since, cell: (m) => <Time at={m.since} day /> },
          {
            key: "do",
            head: t.ui.actions,
            bare: true,
            cell: (m) => (
              <div className="row">
                {org.actions.includes("org.appoint") &&
                  (["admin", "poster", "member"] as const)
                    .filter((role) => role !== m.role)
                    .map((role) => (
                      <Button key={role} small look="quiet" busy={appoint.pending} onClick={() => void appoint.run({ member: m.id, role })}>
                        {t.units.makes[role]}
                      </Button>
                    ))}
                {org.actions.includes("org.end_member") && (
                  <Button small look="quiet" busy={end.pending} onClick={() => void end.run(m.id)}>
                    {t.actions["org.end_member"]}
                  </Button>
                )}
              </div>
            ),
          },
        ]}
      />
      <ErrorNote failure={end.problem ?? appoint.problem} />
      {org.actions.includes("org.add_member") && (
        <div>
          <Button small onClick={() => setAdding(true)}>
            {t.actions["org.add_member"]}
          </Button>
        </div>
      )}
      {adding && <AddMember org={org} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AddMember({ org, onClose }: { org: Org; onClose: () => void }) {
  const t = useText();
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<"admin" | "poster" | "member">("member");
  const add = useAct((_: void, key) => client.POST("/api/v1/orgs/{id}/members", { params: { path: { id: org.id } }, body: { login: login.trim(), role }, headers: idempotent(key) }), onClose);
  const error = useErrors(add.problem);
  return (
    <FormDialog title={t.actions["org.add_member"]!} onClose={onClose} onSubmit={() => void add.run()} busy={add.pending} failure={add.problem} disabled={!login.trim()}>
      <TextInput label={t.org.login} required value={login} onChange={setLogin} error={error("login")} />
      <Select label={t.account.roles} value={role} onChange={(v) => setRole(v as typeof role)} choices={Object.entries(t.org.roles).map(([value, name]) => ({ value, label: name }))} error={error("role")} />
    </FormDialog>
  );
}
