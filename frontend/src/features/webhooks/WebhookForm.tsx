import { useState } from "react";
import { useAct } from "../../client/act";
import { body, client, idempotent, ifMatch } from "../../client/setup";
import type { Me, Webhook, WebhookBody } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { Check, Select, TextInput, type Choice } from "../../ui/inputs";

/** Whose webhooks a person may set up, each as kind:id. */
export function scopesOf(me: Me, scopes: Record<string, string>): Choice[] {
  return [
    ...me.orgs.filter((o) => o.role === "admin").map((o) => ({ value: `org:${o.id}`, label: `${scopes.org} · ${o.name}` })),
    ...me.teams.filter((x) => x.lead).map((x) => ({ value: `team:${x.id}`, label: `${scopes.team} · ${x.name}` })),
    ...(me.regions.length ? [{ value: "region:", label: scopes.region! }] : []),
  ];
}

interface Props {
  me: Me;
  kinds: string[];
  /** The one to change; a new one without. */
  webhook?: Webhook;
  onClose: () => void;
  onDone: (made: Webhook) => void;
}

/** A webhook: whose it is, where it leads, in which form, and what it hears of. */
export function WebhookForm({ me, kinds, webhook, onClose, onDone }: Props) {
  const t = useText();
  const w = t.post;
  const scopes = scopesOf(me, w.scopes);
  const [scope, setScope] = useState(scopes[0]?.value ?? "");
  const [region, setRegion] = useState(me.regions[0] ?? "");
  const [by, setBy] = useState<WebhookBody>({
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    format: webhook?.format ?? "standard",
    kinds: webhook?.kinds ?? ["challenge.publish"],
    locale: webhook?.locale === "en" ? "en" : "zh-CN",
  });
  const [secret, setSecret] = useState("");
  const bot = by.format !== "standard";
  const signs = by.format === "feishu" || by.format === "dingtalk";
  const save = useAct(
    async (_: void, key) => {
      const sent = { ...by, ...(signs && secret && { bot_secret: secret }) };
      const [kind, id = ""] = scope.split(":");
      if (webhook) return body(await client.PUT("/api/v1/webhooks/{id}", { params: { path: { id: webhook.id }, header: ifMatch(webhook) }, body: sent }));
      if (kind === "region") return body(await client.POST("/api/v1/office/webhooks", { body: { ...sent, region }, headers: idempotent(key) }));
      return body(await client.POST("/api/v1/webhooks", { params: { query: { owner_kind: kind as "org" | "team", owner_id: id } }, body: sent, headers: idempotent(key) }));
    },
    (made) => onDone(made as Webhook),
  );
  const error = useErrors(save.problem);
  const hears = (kind: string, on: boolean) => setBy({ ...by, kinds: on ? [...by.kinds, kind] : by.kinds.filter((k) => k !== kind) });
  return (
    <FormDialog title={webhook ? t.actions["webhook.edit"]! : w.webhookNew} onClose={onClose} onSubmit={() => void save.run()} busy={save.pending} failure={save.problem} disabled={!by.name.trim() || !by.url.trim() || by.kinds.length === 0}>
      {!webhook && <Select label={w.scope} required value={scope} onChange={setScope} choices={scopes} />}
      {!webhook && scope === "region:" && <TextInput label={w.region} hint={w.regionHint(me.regions.join(t.ui.comma))} required maxLength={6} value={region} onChange={setRegion} error={error("region")} />}
      <TextInput label={w.name} required maxLength={60} value={by.name} onChange={(name) => setBy({ ...by, name })} error={error("name")} />
      <Select label={w.format} required value={by.format} onChange={(format) => format && setBy({ ...by, format: format as WebhookBody["format"] })} choices={Object.entries(w.formats).map(([value, name]) => ({ value, label: name }))} />
      <TextInput label={w.url} hint={w.urlHint} type="url" required maxLength={500} value={by.url} onChange={(url) => setBy({ ...by, url })} error={error("url")} />
      {signs && <TextInput label={w.botSecret} hint={webhook?.has_bot_secret ? w.secretKept : w.botSecretHint} autoComplete="off" maxLength={200} value={secret} onChange={setSecret} error={error("bot_secret")} />}
      {bot && <Select label={w.locale} required value={by.locale ?? "zh-CN"} onChange={(locale) => locale && setBy({ ...by, locale: locale as "zh-CN" | "en" })} choices={Object.entries(w.languages).map(([value, name]) => ({ value, label: name }))} />}
      <fieldset className="stack tight">
        <legend>{w.events}</legend>
        <div className="row">
          <Button small look="quiet" onClick={() => setBy({ ...by, kinds })}>
            {w.allEvents}
          </Button>
          <Button small look="quiet" onClick={() => setBy({ ...by, kinds: [] })}>
            {w.noEvents}
          </Button>
        </div>
        <div className="columns">
          {kinds.map((k) => (
            <Check key={k} label={label(w.kinds, k)} checked={by.kinds.includes(k)} onChange={(on) => hears(k, on)} />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}
