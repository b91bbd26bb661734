import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who holds an office of the platform. */
export function OfficeList() {
  const t = useText();
  const [granting, setGranting] = useState(false);
  const query = api.useQuery("get", "/api/v1/roles", {});
  const revoke = useAct((id: string) => client.DELETE("/api/v1/roles/{id}", { params: { path: { id } } }));
  return (
    <Loaded query={query}>
      {({ roles, actions }) => (
        <div className="stack">
          {actions.includes("role.grant") && (
            <div>
              <Button look="main" onClick={() => setGranting(true)}>
                {t.offices.grant}
              </Button>
            </div>
          )}
          <Table
            label={t.offices.list}
            rows={roles}
            id={(r) => r.id}
            empty={<Empty title={t.offices.none} />}
            columns={[
              { key: "name", head: t.account.name, cell: (r) => r.name },
              { key: "login", head: t.offices.login, cell: (r) => <span className="mono">{r.login}</span> },
              { key: "role", head: t.offices.role, cell: (r) => label(t.roles, r.role) },
              { key: "region", head: t.batches.region, cell: (r) => r.region || t.ui.none },
              { key: "at", head: t.register.since, cell: (r) => <Time at={r.created_at} day /> },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (r) =>
                  actions.includes("role.revoke") && (
                    <Button small look="quiet" busy={revoke.pending} onClick={() => void revoke.run(r.id)}>
                      {t.actions["role.revoke"]}
                    </Button>
                  ),
              },
            ]}
          />
          <ErrorNote failure={revoke.problem} />
          {granting && <Grant onClose={() => setGranting(false)} />}
        </div>
      )}
    </Loaded>
  );
}

function Grant({ onClose }: { onClose: () => void }) {
  const t = useText();
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<"officer">("officer");
  const [region, setRegion] = useState("");
  const grant = useAct((_: void, key) => client.POST("/api/v1/roles", { body: { login: login.trim(), role, ...(region && { region }) }, headers: idempotent(key) }), onClose);
  const error = useErrors(grant.problem);
  return (
    <FormDialog title={t.offices.grant} onClose={onClose} onSubmit={() => void grant.run()} busy={grant.pending} failure={grant.problem} disabled={!login.trim()}>
      <TextInput label={t.offices.login} required value={login} onChange={setLogin} error={error("login")} />
      <Select label={t.offices.role} value={role} onChange={(v) => setRole(v as typeof role)} choices={["officer"].map((value) => ({ value, label: label(t.roles, value) }))} error={error("role")} />
      {role === "officer" && <TextInput label={t.offices.region} maxLength={6} value={region} onChange={setRegion} error={error("region")} />}
    </FormDialog>
  );
}
