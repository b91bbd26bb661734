import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { useActs } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Org } from "../../client/views";
import { Signups } from "../../features/accounts/Signups";
import { AllianceForm } from "../../features/alliances/AllianceForm";
import { OrgForm } from "../../features/orgs/OrgForm";
import { OrgPapers } from "../../features/orgs/OrgPapers";
import { OrgMembers } from "../../features/orgs/OrgMembers";
import { OrgRelations } from "../../features/orgs/OrgRelations";
import { TeamForm } from "../../features/teams/TeamForm";
import { label, stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { useId } from "./useId";

export default function OrgPage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/orgs/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(org) => <Show org={org} />}</Loaded>;
}

function Show({ org }: { org: Org }) {
  const t = useText();
  const [form, setForm] = useState<"org.edit" | "team.form" | "alliance.register">();
  const acts = useActs({
    "org.resubmit": ({ key }) => client.POST("/api/v1/orgs/{id}/resubmit", { params: { path: { id: org.id } }, headers: { ...idempotent(key), ...ifMatch(org) } }),
  });
  const close = () => setForm(undefined);
  return (
    <div className="stack loose">
      <p className="small">
        <Link to="/registers" search={{ tab: "orgs" }}>← {t.register.title}</Link>
      </p>
      <PageHead title={org.name} lead={[label(t.org.kinds, org.kind), org.city].filter(Boolean).join(" · ")} side={<StateTag tone={toneOf(org.state)} label={stateLabel(t, "org", org.state)} />} />
      <div className="row">
        <Actions actions={org.actions} acts={acts} />
        {(["org.edit", "team.form", "alliance.register"] as const).map(
          (name) =>
            org.actions.includes(name) && (
              <Button key={name} onClick={() => setForm(name)}>
                {t.actions[name]}
              </Button>
            ),
        )}
      </div>
      {org.uscc_manual && <p className="note warn">{t.org.manual}</p>}
      <dl className="pairs card">
        <dt>{t.org.uscc}</dt>
        <dd className="mono">{org.uscc}</dd>
        <dt>{t.register.region}</dt>
        <dd>{org.region}</dd>
        {org.founded && (
          <>
            <dt>{t.org.founded}</dt>
            <dd>{org.founded}</dd>
          </>
        )}
        {org.homepage && (
          <>
            <dt>{t.org.homepage}</dt>
            <dd>{org.homepage}</dd>
          </>
        )}
        {org.credentials.length > 0 && (
          <>
            <dt>{t.org.credentials}</dt>
            <dd>{org.credentials.map((c) => c.name).join("；")}</dd>
          </>
        )}
        {org.summary && (
          <>
            <dt>{t.org.summary}</dt>
            <dd className="prose">{org.summary}</dd>
          </>
        )}
      </dl>
      {org.seats.length > 0 && (
        <Section title={t.units.seats}>
          <ul className="plain-list">
            {org.seats.map((s) => (
              <li key={s.id} className="row">
                <Link to="/alliances/$id" params={{ id: s.alliance_id }}>
                  {s.name}
                </Link>
                <StateTag tone="ink" label={label(t.alliance.roles, s.role)} />
                {!s.confirmed && <StateTag tone="warn" label={t.units.offered} />}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <OrgPapers org={org} />
      <OrgRelations org={org} />
      <OrgMembers org={org} />
      {org.actions.includes("signup.invite") && <Signups org={org.id} />}
      {form === "org.edit" && <OrgForm org={org} onClose={close} />}
      {form === "team.form" && <TeamForm org={org.id} onClose={close} />}
      {form === "alliance.register" && <AllianceForm org={org.id} onClose={close} />}
    </div>
  );
}
