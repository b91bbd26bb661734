import { Link } from "@tanstack/react-router";
import { useActs } from "../../client/act";
import { useMe } from "../../client/session";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Expert } from "../../client/views";
import { ExpertForm } from "../../features/experts/ExpertForm";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { useId } from "./useId";

/** An expert's entry: one's own to edit, another's for the offices to verify. */
export default function ExpertProfilePage() {
  const t = useText();
  const me = useMe();
  const asked = useId();
  const id = asked || me?.expert?.id || "";
  const query = api.useQuery("get", "/api/v1/experts/{id}", { params: { path: { id } } }, { enabled: !!id });
  if (!me) return null;
  if (!id)
    return (
      <div className="stack">
        <PageHead title={t.experts.register} lead={t.experts.registerHint} />
        <ExpertForm name={me.name} />
      </div>
    );
  return <Loaded query={query}>{(e) => <Show key={e.id} expert={e} own={e.user_id === me.id} />}</Loaded>;
}

function Show({ expert: e, own }: { expert: Expert; own: boolean }) {
  const t = useText();
  const params = { path: { id: e.id } };
  const acts = useActs({
    "expert.verify": ({ key, reason }) => client.POST("/api/v1/experts/{id}/verify", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(e) } }),
    "expert.suspend": ({ key, reason }) => client.POST("/api/v1/experts/{id}/suspend", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(e) } }),
  });
  return (
    <div className="stack">
      <p className="small">{own ? <Link to="/expert">← {t.expert.title}</Link> : <Link to="/registers" search={{ tab: "experts" }}>← {t.register.title}</Link>}</p>
      <PageHead
        title={own ? t.experts.profile : e.name}
        lead={
          <span className="row">
            <span className="mono">{e.code}</span> {t.experts.load} {t.ui.of(String(e.reviews_this_year + e.other_count), String(e.yearly_cap))}
          </span>
        }
        side={<StateTag tone={toneOf(e.state)} label={stateLabel(t, "expert", e.state)} />}
      />
      <Actions actions={e.actions} acts={acts} reasons={["expert.verify", "expert.suspend"]} looks={{ "expert.suspend": "danger" }} labelReason={t.reason} />
      <ExpertForm key={e.version} expert={e} name={e.name} />
    </div>
  );
}
