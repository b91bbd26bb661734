import { Link } from "@tanstack/react-router";
import { exporter } from "../../client/exporter";
import { useMe } from "../../client/session";
import type { WaitingItem } from "../../client/views";
import { WaitingList } from "../../features/overview/WaitingList";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { ExportMenu } from "../../ui/ExportMenu";
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
      <Section title={t.workbench.waiting} tools={<ExportMenu save={exporter("/api/v1/overview/desk")} />}>
        <WaitingList link={(item, action) => <WorkLink item={item} action={action} />} />
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
          {me.orgs.map((o) => (
            <Link key={o.id} to="/orgs/$id" params={{ id: o.id }} className="button">
              {o.name}
            </Link>
          ))}
          {me.alliances.map((a) => (
            <Link key={a.id} to="/alliances/$id" params={{ id: a.id }} className="button">
              {a.name}
            </Link>
          ))}
          <Link to="/expert/profile" className="button">
            {me.expert ? t.experts.profile : t.experts.register}
          </Link>
          <Link to="/registers" className="button">
            {t.register.title}
          </Link>
        </div>
      </Section>
    </div>
  );
}

const officers = new Set(["challenge.approve", "challenge.publish", "challenge.open", "bid.check", "panel.draw", "assignment.run", "ranking.compute", "award.publicize", "award.decide", "objection.dismiss"]);

/** Each piece of work opens where it is done. */
function WorkLink({ item, action }: { item: WaitingItem; action: string }) {
  if (officers.has(action) && item.thing_kind === "challenge")
    return (
      <Link to="/officer/challenges/$id" params={{ id: item.thing }}>
        {item.title}
      </Link>
    );
  if (action === "challenge.submit")
    return (
      <Link to="/desk/challenges/$id/edit" params={{ id: item.thing }}>
        {item.title || item.code || "…"}
      </Link>
    );
  if (action === "satisfaction.score")
    return (
      <Link to="/challenges/$id" params={{ id: item.thing }} search={{ tab: "owner" }}>
        {item.title}
      </Link>
    );
  return (
    <ThingLink kind={item.thing_kind} id={item.thing}>
      {item.title}
    </ThingLink>
  );
}
