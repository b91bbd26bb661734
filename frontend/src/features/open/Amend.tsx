import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent } from "../../client/setup";
import type { Amendment, Challenge } from "../../client/views";
import { useListText } from "../../text/list";
import { stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { InstantInput, MoneyInput, NumberInput, TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { Changes } from "./Supplements";

/** What may be changed while a challenge is open, and what was asked for. */
export function Amend({ challenge: c }: { challenge: Challenge }) {
  const t = useText();
  const l = useListText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/amendments", { params: { path: { id: c.id } } });
  const [dialog, setDialog] = useState<"amend" | "extend">();
  return (
    <Section title={l.amendments} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/amendments", { path: { id: c.id } })} />}>
      <p className="muted small">{l.amendHint}</p>
      <div className="row">
        {c.actions.includes("amendment.propose") && <Button onClick={() => setDialog("amend")}>{t.actions["amendment.propose"]}</Button>}
        {c.actions.includes("challenge.extend") && <Button onClick={() => setDialog("extend")}>{t.actions["challenge.extend"]}</Button>}
      </div>
      <Loaded query={query}>
        {({ items }) => (
          <div className="stack">
            {items.map((a) => (
              <AmendmentCard key={a.id} amendment={a} />
            ))}
          </div>
        )}
      </Loaded>
      {dialog === "amend" && <AmendDialog challenge={c} onClose={() => setDialog(undefined)} />}
      {dialog === "extend" && <ExtendDialog challenge={c} onClose={() => setDialog(undefined)} />}
    </Section>
  );
}

function AmendmentCard({ amendment: a }: { amendment: Amendment }) {
  const t = useText();
  const l = useListText();
  const params = { path: { id: a.id } };
  const acts = useActs({
    "amendment.publish": ({ key }) => client.POST("/api/v1/amendments/{id}/publish", { params, body: {}, headers: idempotent(key) }),
    "amendment.refuse": ({ key, reason }) => client.POST("/api/v1/amendments/{id}/refuse", { params, body: { reason }, headers: idempotent(key) }),
    "amendment.withdraw": ({ key, reason }) => client.POST("/api/v1/amendments/{id}/withdraw", { params, body: { reason }, headers: idempotent(key) }),
  });
  return (
    <article className="card stack tight">
      <div className="row spread">
        <StateTag tone={a.state === "proposed" ? "warn" : a.state === "published" ? "good" : "plain"} label={stateLabel(t, "amendment", a.state)} />
        <Time at={a.created_at} />
      </div>
      {a.changes.length > 0 && <Changes changes={a.changes} />}
      {a.bid_deadline && (
        <p>
          {l.deadline}：<Time at={a.bid_deadline} />
        </p>
      )}
      <p className="small">
        {l.reason}：{a.reason}
      </p>
      {a.decision && <p className="small">{a.decision}</p>}
      {a.least_deadline && a.actions.includes("amendment.publish") && <p className="muted small">{l.least(new Date(a.least_deadline).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16))}</p>}
      <Actions actions={a.actions} acts={acts} reasons={["amendment.refuse", "amendment.withdraw"]} labelReason={l.reason} small />
    </article>
  );
}

function AmendDialog({ challenge: c, onClose }: { challenge: Challenge; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [v, setV] = useState({ background: c.background, need: c.need, detail: c.detail, bounty: c.bounty_fen as number | undefined, deadline: undefined as string | undefined, reason: "" });
  const [indicators, setIndicators] = useState(() => c.indicators.map((i) => ({ ...i })));
  const put = (n: number, part: Partial<(typeof indicators)[number]>) => setIndicators(indicators.map((i, k) => (k === n ? { ...i, ...part } : i)));
  const propose = useAct(
    (_: void, key) =>
      client.POST("/api/v1/challenges/{id}/amendments", {
        params: { path: { id: c.id } },
        headers: idempotent(key),
        body: {
          ...(v.background !== c.background && { background: v.background }), ...(v.need !== c.need && { need: v.need }), ...(v.detail !== c.detail && { detail: v.detail }),
          ...(v.bounty !== undefined && v.bounty !== c.bounty_fen && { bounty_fen: v.bounty }), ...(v.deadline && { bid_deadline: v.deadline }), reason: v.reason,
          indicators: indicators.filter((i, n) => JSON.stringify(i) !== JSON.stringify(c.indicators[n])).map((i) => ({ id: i.id, value: i.value, value_min: i.value_min, value_max: i.value_max, value_text: i.value_text, test_method: i.test_method })),
        },
      }),
    onClose,
  );
  const error = useErrors(propose.problem);
  return (
    <FormDialog title={t.actions["amendment.propose"]!} onClose={onClose} onSubmit={() => void propose.run()} busy={propose.pending} failure={propose.problem} disabled={!v.reason.trim()}>
      <p className="muted small">{l.amendHint}</p>
      <TextArea label={t.fields.background!} maxLength={2000} value={v.background} onChange={(background) => setV({ ...v, background })} error={error("background")} />
      <TextArea label={t.fields.need!} maxLength={3000} value={v.need} onChange={(need) => setV({ ...v, need })} error={error("need")} />
      <TextArea label={t.fields.detail!} maxLength={10000} value={v.detail} onChange={(detail) => setV({ ...v, detail })} error={error("detail")} />
      {indicators.map((i, n) => (
        <fieldset key={i.id} className="form-grid">
          <legend>{i.name}</legend>
          {i.op === "meets" && <TextArea label={l.value} value={i.value_text} onChange={(value_text) => put(n, { value_text })} maxLength={300} />}
          {i.op === "range" && (
            <>
              <NumberInput label={l.low} unit={i.unit} value={i.value_min} onChange={(value_min) => put(n, { value_min })} />
              <NumberInput label={l.high} unit={i.unit} value={i.value_max} onChange={(value_max) => put(n, { value_max })} />
            </>
          )}
          {i.op !== "meets" && i.op !== "range" && <NumberInput label={`${l.value} ${i.op}`} unit={i.unit} value={i.value} onChange={(value) => put(n, { value })} />}
        </fieldset>
      ))}
      {!c.honor_only && <MoneyInput label={l.bounty} fen={v.bounty} onChange={(bounty) => setV({ ...v, bounty })} error={error("bounty_fen")} />}
      <InstantInput label={l.deadline} hint={l.deadlineHint} value={v.deadline} onChange={(deadline) => setV({ ...v, deadline })} error={error("bid_deadline")} />
      <TextArea label={l.publicReason} required maxLength={1000} value={v.reason} onChange={(reason) => setV({ ...v, reason })} error={error("reason")} />
    </FormDialog>
  );
}

function ExtendDialog({ challenge: c, onClose }: { challenge: Challenge; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [v, setV] = useState({ deadline: c.bid_deadline, reason: "" });
  const extend = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/extend", { params: { path: { id: c.id } }, body: { bid_deadline: v.deadline!, reason: v.reason }, headers: idempotent(key) }), onClose);
  const error = useErrors(extend.problem);
  return (
    <FormDialog title={t.actions["challenge.extend"]!} onClose={onClose} onSubmit={() => void extend.run()} busy={extend.pending} failure={extend.problem} disabled={!v.reason.trim() || !v.deadline}>
      <InstantInput label={l.deadline} required value={v.deadline} onChange={(deadline) => setV({ ...v, deadline })} error={error("bid_deadline")} />
      <TextArea label={l.publicReason} required maxLength={1000} value={v.reason} onChange={(reason) => setV({ ...v, reason })} error={error("reason")} />
    </FormDialog>
  );
}
