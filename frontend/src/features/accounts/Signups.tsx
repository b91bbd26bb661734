import { useState } from "react";
import { useAct } from "../../client/act";
import { api, body, client, idempotent } from "../../client/setup";
import { asProblem } from "../../client/problem";
import type { Signup } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { OnceLink } from "./OnceLink";

/** Invitations to make an account: those of a unit, or the platform's own. */
export function Signups({ org }: { org?: string }) {
  const t = useText();
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<Signup>();
  const ofUnit = api.useQuery("get", "/api/v1/orgs/{id}/signups", { params: { path: { id: org ?? "" } } }, { retry: false, enabled: !!org });
  const ofSite = api.useQuery("get", "/api/v1/signups", {}, { retry: false, enabled: !org });
  const query = org ? ofUnit : ofSite;
  const revoke = useAct((id: string) => client.DELETE("/api/v1/signups/{id}", { params: { path: { id } } }));
  const role = (r: string) => t.org.roles[r] ?? label(t.roles, r);
  if (query.error && [401, 403, 404].includes(asProblem(query.error).status)) return null;
  if (!query.data) return null;
  const { signups, actions } = query.data;
  return (
    <Section title={t.people.tabs.invitations}>
      {made?.link && <OnceLink title={t.people.made} link={made.link} until={made.expires_at} />}
      <Table
        label={t.people.tabs.invitations}
        rows={signups}
        id={(s) => s.id}
        empty={<Empty title={t.people.noInvitations} />}
        columns={[
          { key: "email", head: t.people.email, cell: (s) => s.email },
          { key: "role", head: t.people.invitedRole, cell: (s) => [role(s.role), s.region].filter(Boolean).join(" · ") },
          { key: "by", head: t.people.askedBy, cell: (s) => s.invited_by },
          { key: "state", head: t.people.state, cell: (s) => <StateTag tone={s.over ? "plain" : s.state === "accepted" ? "good" : s.state === "open" ? "warn" : "plain"} label={s.over ? t.people.over : stateLabel(t, "signup", s.state)} /> },
          { key: "until", head: t.people.expires, cell: (s) => <Time at={s.expires_at} /> },
          {
            key: "do",
            head: t.ui.actions,
            bare: true,
            cell: (s) =>
              s.actions.includes("signup.revoke") && (
                <Button small look="quiet" busy={revoke.pending} onClick={() => void revoke.run(s.id)}>
                  {t.actions["signup.revoke"]}
                </Button>
              ),
          },
        ]}
      />
      <ErrorNote failure={revoke.problem} />
      {actions.includes("signup.invite") && (
        <div>
          <Button onClick={() => setInviting(true)}>{t.people.invite}</Button>
        </div>
      )}
      {inviting && (
        <Invite
          org={org}
          onClose={() => setInviting(false)}
          done={(s) => {
            setInviting(false);
            setMade(s);
          }}
        />
      )}
    </Section>
  );
}

type UnitRole = "admin" | "poster" | "member";
type SiteRole = "person" | "officer";

function Invite({ org, onClose, done }: { org?: string; onClose: () => void; done: (s: Signup) => void }) {
  const t = useText();
  const [email, setEmail] = useState("");
  const [inUnit, setInUnit] = useState<UnitRole>("member");
  const [onSite, setOnSite] = useState<SiteRole>("person");
  const [region, setRegion] = useState("");
  const invite = useAct(
    async (_: void, key) =>
      org
        ? body(await client.POST("/api/v1/orgs/{id}/signups", { params: { path: { id: org } }, body: { email: email.trim(), role: inUnit }, headers: idempotent(key) }))
        : body(await client.POST("/api/v1/signups", { body: { email: email.trim(), role: onSite, ...(onSite === "officer" && { region }) }, headers: idempotent(key) })),
    done,
  );
  const error = useErrors(invite.problem);
  return (
    <FormDialog title={t.people.invite} onClose={onClose} onSubmit={() => void invite.run()} busy={invite.pending} failure={invite.problem} disabled={!email.trim()}>
      <p className="muted">{t.people.inviteLead}</p>
      <TextInput label={t.people.email} type="email" required value={email} onChange={setEmail} error={error("email")} />
      {org ? (
        <Select label={t.people.invitedRole} value={inUnit} onChange={(v) => setInUnit(v as UnitRole)} choices={["member", "poster", "admin"].map((value) => ({ value, label: label(t.org.roles, value) }))} error={error("role")} />
      ) : (
        <Select label={t.people.invitedRole} value={onSite} onChange={(v) => setOnSite(v as SiteRole)} choices={["person", "officer"].map((value) => ({ value, label: label(t.roles, value) }))} error={error("role")} />
      )}
      {!org && onSite === "officer" && <TextInput label={t.people.region} hint={t.people.regionHint} required maxLength={6} inputMode="numeric" value={region} onChange={setRegion} error={error("region")} />}
    </FormDialog>
  );
}
