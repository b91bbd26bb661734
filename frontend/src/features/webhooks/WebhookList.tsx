import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { api, body, client, idempotent, ifMatch } from "../../client/setup";
import type { Me, Webhook } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { scopesOf, WebhookForm } from "./WebhookForm";
import { WebhookLog } from "./WebhookLog";

/** The webhooks of what I manage: made, tried, changed, and what became of each call. */
export function WebhookList({ me }: { me: Me }) {
  const t = useText();
  const w = t.post;
  const query = api.useQuery("get", "/api/v1/webhooks", {});
  const [form, setForm] = useState<"new" | Webhook>();
  const [secret, setSecret] = useState<{ name: string; secret: string }>();
  const shows = (made: Webhook) => made.secret && setSecret({ name: made.name, secret: made.secret });
  const may = scopesOf(me, w.scopes).length > 0;
  return (
    <Loaded query={query}>
      {({ items, kinds }) => (
        <div className="stack">
          {may && (
            <div>
              <Button look="main" onClick={() => setForm("new")}>
                {w.webhookNew}
              </Button>
            </div>
          )}
          {secret && <SecretNote {...secret} onClose={() => setSecret(undefined)} />}
          {items.length === 0 && <Empty title={w.webhooksNone}>{may ? w.webhooksLead : w.webhooksNoScope}</Empty>}
          {items.map((x) => (
            <Card key={x.id} webhook={x} onEdit={() => setForm(x)} onSecret={shows} />
          ))}
          {form && (
            <WebhookForm
              me={me}
              kinds={kinds}
              {...(form !== "new" && { webhook: form })}
              onClose={() => setForm(undefined)}
              onDone={(made) => {
                setForm(undefined);
                shows(made);
              }}
            />
          )}
        </div>
      )}
    </Loaded>
  );
}

/** The secret, this once. */
function SecretNote({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  const t = useText();
  const w = t.post;
  const [copied, setCopied] = useState(false);
  return (
    <div className="note warn stack tight" role="status">
      <strong>
        {w.secret} · {name}
      </strong>
      <span>{w.secretHint}</span>
      <input className="input mono" readOnly aria-label={w.secret} value={secret} onFocus={(e) => e.target.select()} />
      <span className="small muted">{w.verifyHint}</span>
      <div className="row">
        <Button small onClick={() => void navigator.clipboard?.writeText(secret).then(() => setCopied(true))}>
          {copied ? `✓ ${w.copied}` : w.copy}
        </Button>
        <Button small look="quiet" onClick={onClose}>
          {t.ui.close}
        </Button>
      </div>
    </div>
  );
}

function Card({ webhook: x, onEdit, onSecret }: { webhook: Webhook; onEdit: () => void; onSecret: (made: Webhook) => void }) {
  const t = useText();
  const w = t.post;
  const [log, setLog] = useState(false);
  const params = { path: { id: x.id } };
  const changed = { path: { id: x.id }, header: ifMatch(x) };
  const test = useAct(async (_: void, key) => body(await client.POST("/api/v1/webhooks/{id}/test", { params, headers: idempotent(key) })));
  const [tested, setTested] = useState<Awaited<ReturnType<typeof test.run>>>();
  const acts = useActs({
    "webhook.resume": () => client.POST("/api/v1/webhooks/{id}/resume", { params: changed }),
    "webhook.pause": () => client.POST("/api/v1/webhooks/{id}/pause", { params: changed }),
    ...(x.format === "standard" && { "webhook.rotate": async () => onSecret(body(await client.POST("/api/v1/webhooks/{id}/rotate", { params: changed })) as Webhook) }),
    "webhook.end": () => client.DELETE("/api/v1/webhooks/{id}", { params: changed }),
  });
  return (
    <article className="card stack tight" aria-label={x.name}>
      <h3 className="row">
        <span>{x.name}</span>
        <StateTag tone={x.state === "active" ? "good" : "warn"} label={stateLabel(t, "webhook", x.state)} />
        <StateTag label={label(w.formats, x.format)} />
        {x.failures > 0 && <StateTag tone="warn" label={w.failuresInRow(x.failures)} />}
      </h3>
      {x.reason && <p className="note warn">{label(w.reasons, x.reason)}</p>}
      <dl className="pairs">
        <dt>{w.url}</dt>
        <dd className="mono">{x.url}</dd>
        <dt>{w.scope}</dt>
        <dd>
          {label(w.scopes, x.scope)} · {x.scope_name}
        </dd>
        <dt>{w.events}</dt>
        <dd>{x.kinds.map((k) => label(w.kinds, k)).join(t.ui.comma)}</dd>
        <dt>{w.keeper}</dt>
        <dd>{x.keeper}</dd>
      </dl>
      <div className="row">
        {x.actions.includes("webhook.try") && (
          <Button small look="main" busy={test.pending} onClick={() => void test.run().then(setTested)}>
            {w.test}
          </Button>
        )}
        {x.actions.includes("webhook.edit") && (
          <Button small onClick={onEdit}>
            {t.actions["webhook.edit"]}
          </Button>
        )}
        <Button small aria-expanded={log} onClick={() => setLog(!log)}>
          {log ? w.hide : w.log}
        </Button>
      </div>
      <Actions small actions={x.actions} acts={acts} looks={{ "webhook.pause": "quiet", "webhook.rotate": "quiet", "webhook.end": "quiet", "webhook.resume": "main" }} />
      <ErrorNote failure={test.problem} />
      {tested && (
        <p className={`note ${tested.state === "delivered" ? "good" : "bad"}`} role="status">
          {tested.state === "delivered" ? w.testOk : w.testFailed}
          {tested.status > 0 && ` · ${w.status} ${tested.status}`}
          {tested.error && ` · ${tested.error}`}
        </p>
      )}
      {log && <WebhookLog id={x.id} name={x.name} />}
    </article>
  );
}
