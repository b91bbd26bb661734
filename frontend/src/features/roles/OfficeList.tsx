import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent } from "../../client/setup";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextArea, TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Who holds an office of the platform. */
export function OfficeList({ onAsked }: { onAsked: () => void }) {
  const t = useText();
  const [granting, setGranting] = useState(false);
  const query = api.useQuery("get", "/api/v1/roles", {});
  const revoke = useAct((id: string) => client.DELETE("/api/v1/roles/{id}", { params: { path: { id } } }));
  return (
    <Loaded query={query}>
      {({ roles, actions }) => (
        <div className="stack">
          <div className="row end">
            <ExportMenu save={exporter("/api/v1/roles")} />
          </div>
          {actions.includes("role.grant") && (
            <div>
              <Button look="main" onClick={() => setGranting(true)}>
                {t.people.ask}
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
          {granting && <Grant asks={actions.includes("role.request")} onClose={() => setGranting(false)} onAsked={onAsked} />}
        </div>
      )}
    </Loaded>
  );
}

const roles = ["officer", "operator", "auditor", "system_admin", "security_admin", "audit_admin"] as const;
type Role = (typeof roles)[number];

/** An officer is made at once; the other offices are asked for, and another person gives them. */
function Grant({ asks, onClose, onAsked }: { asks: boolean; onClose: () => void; onAsked: () => void }) {
  const t = useText();
  const [by, setBy] = useState<{ login: string; role: Role; region: string; reason: string }>({ login: "", role: "officer", region: "", reason: "" });
  const login = by.login.trim();
  const grant = useAct(
    async (_: void, key) => {
      const { role } = by;
      if (role === "officer") await client.POST("/api/v1/roles", { body: { login, role, region: by.region }, headers: idempotent(key) });
      else await client.POST("/api/v1/role-requests", { body: { login, role, reason: by.reason.trim() }, headers: idempotent(key) });
      return role;
    },
    (role) => (role === "officer" ? onClose() : onAsked()),
  );
  const error = useErrors(grant.problem);
  const two = by.role !== "officer";
  return (
    <FormDialog title={t.people.ask} onClose={onClose} onSubmit={() => void grant.run()} busy={grant.pending} failure={grant.problem} disabled={!login || (two && by.reason.trim().length < 4)}>
      <TextInput label={t.offices.login} required autoCapitalize="none" spellCheck={false} value={by.login} onChange={(v) => setBy({ ...by, login: v })} error={error("login")} />
      <Select label={t.offices.role} value={by.role} onChange={(role) => setBy({ ...by, role: role as Role })} choices={(asks ? roles : roles.slice(0, 1)).map((value) => ({ value, label: label(t.roles, value) }))} error={error("role")} />
      <p className="muted small wide">{two ? t.people.askTwo : t.people.askOne}</p>
      {two ? (
        <TextArea label={t.people.reason} required maxLength={500} value={by.reason} onChange={(reason) => setBy({ ...by, reason })} error={error("reason")} />
      ) : (
        <TextInput label={t.people.region} hint={t.people.regionHint} required maxLength={6} inputMode="numeric" value={by.region} onChange={(region) => setBy({ ...by, region })} error={error("region")} />
      )}
    </FormDialog>
  );
}
