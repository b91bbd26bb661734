import { useActs } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { RoleRequest } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** Offices that two persons give: who is to get which, and what became of it. */
export function RoleRequests() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/role-requests", {});
  return (
    <Loaded query={query}>
      {({ requests }) =>
        requests.length === 0 ? (
          <Empty title={t.people.noRequests} />
        ) : (
          <div className="stack">
            {requests.map((r) => (
              <Request key={r.id} request={r} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function Request({ request: r }: { request: RoleRequest }) {
  const t = useText();
  const params = { path: { id: r.id } };
  const headers = (key: string) => ({ ...idempotent(key), ...ifMatch(r) });
  const acts = useActs({
    "role_request.approve": ({ key }) => client.POST("/api/v1/role-requests/{id}/approve", { params, headers: headers(key) }),
    "role_request.refuse": ({ key, reason }) => client.POST("/api/v1/role-requests/{id}/refuse", { params, body: { reason }, headers: headers(key) }),
    "role_request.withdraw": ({ key }) => client.POST("/api/v1/role-requests/{id}/withdraw", { params, headers: headers(key) }),
  });
  return (
    <article className="card stack tight" aria-label={`${label(t.roles, r.role)} ${r.login}`}>
      <h3 className="row">
        {label(t.roles, r.role)}
        <StateTag tone={r.state === "open" ? "warn" : r.state === "approved" ? "good" : "plain"} label={stateLabel(t, "role_request", r.state)} />
      </h3>
      <dl className="pairs">
        <dt>{t.people.forWhom}</dt>
        <dd>
          {r.name} <span className="mono small muted">{r.login}</span>
        </dd>
        <dt>{t.people.reason}</dt>
        <dd>{r.reason}</dd>
        <dt>{t.people.askedBy}</dt>
        <dd>
          {r.requested_by} · <Time at={r.created_at} />
        </dd>
        {r.decided_at && (
          <>
            <dt>{t.people.decidedBy}</dt>
            <dd>
              {r.decided_by} · <Time at={r.decided_at} />
            </dd>
          </>
        )}
        {r.finding && (
          <>
            <dt>{t.people.finding}</dt>
            <dd>{r.finding}</dd>
          </>
        )}
      </dl>
      <Actions actions={r.actions} acts={acts} small reasons={["role_request.refuse"]} looks={{ "role_request.withdraw": "quiet" }} labelReason={t.people.finding} />
      {r.state === "open" && !r.actions.includes("role_request.approve") && <p className="muted small">{t.people.second}</p>}
    </article>
  );
}
