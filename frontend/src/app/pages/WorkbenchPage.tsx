import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { WaitingList } from "../../features/overview/WaitingList";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { areasOf } from "../shell/areas";
import { ThingLink } from "../shell/ThingLink";

export default function WorkbenchPage() {
  const t = useText();
  const me = useMe();
  if (!me) return null;
  return (
    <div className="stack loose">
      <PageHead
        title={t.workbench.hello(me.name)}
        lead={
          <span className="row">
            {me.roles.map((r) => (
              <StateTag key={r} tone="ink" label={label(t.roles, r)} />
            ))}
            {me.orgs.map((o) => o.name).join(" · ")}
          </span>
        }
      />
      <Section title={t.workbench.waiting}>
        <WaitingList
          link={(item) => (
            <ThingLink kind={item.kind} id={item.id} challenge={item.challenge_id}>
              {item.title}
            </ThingLink>
          )}
        />
      </Section>
      <Section title={t.workbench.areas}>
        <div className="row">
          {areasOf(me).map((a) => (
            <Link key={a.key} to={a.to} params={a.params} className="button">
              {t.nav[a.key]}
            </Link>
          ))}
          {me.teams.map((team) => (
            <Link key={team.id} to="/teams/$id/matches" params={{ id: team.id }} className="button">
              {team.name} · {t.team.matches}
            </Link>
          ))}
        </div>
      </Section>
    </div>
  );
}
