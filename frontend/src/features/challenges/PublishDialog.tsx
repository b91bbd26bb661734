import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Challenge } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { InstantInput, Select, TextArea } from "../../ui/inputs";
import { fromWallClock, wallClock } from "../../ui/time";
import { useUi } from "../../ui/words";

const day = 86_400_000;

/** Seventeen o'clock of the platform's zone, so many days from now. */
const seventeen = (now: number, days: number) => fromWallClock(`${wallClock(new Date(now + days * day).toISOString()).slice(0, 10)}T17:00`);

/** Publishing fixes the batch with its rules, and the dates. */
export function PublishDialog({ challenge: c, onClose }: { challenge: Challenge; onClose: () => void }) {
  const t = useText();
  const { clockOffset } = useUi();
  const [now] = useState(() => Date.now() + clockOffset);
  const batches = api.useQuery("get", "/api/v1/batches", {});
  const [batch, setBatch] = useState(c.batch_id);
  const [deadline, setDeadline] = useState<string | undefined>(() => (c.bid_deadline && Date.parse(c.bid_deadline) > now + 10 * day ? c.bid_deadline : seventeen(now, 31)));
  const [clarify, setClarify] = useState<string | undefined>(() => (c.clarify_until && Date.parse(c.clarify_until) > now ? c.clarify_until : undefined));
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [reason, setReason] = useState("");
  const [override, setOverride] = useState("");
  const list = batches.data?.batches ?? [];
  const chosen = batch || list[0]?.id || "";
  const short = !!deadline && Date.parse(deadline) < now + 20 * day;
  const publish = useAct(
    (_: void, key) =>
      client.POST("/api/v1/challenges/{id}/publish", {
        params: { path: { id: c.id } },
        body: { batch: chosen, bid_deadline: deadline, clarify_until: clarify, open_at: open || deadline, ...(short && { short_window_reason: reason.trim() }), ...(override.trim() && { quality_override: override.trim() }) },
        headers: { ...idempotent(key), ...ifMatch(c) },
      }),
    onClose,
  );
  const error = useErrors(publish.problem);
  return (
    <Dialog title={t.actions["challenge.publish"]!} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void publish.run();
        }}
      >
        <p>{t.sure["challenge.publish"]}</p>
        <Select label={t.kinds.batch!} required value={chosen} onChange={setBatch} error={error("batch")} hint={t.life.batchHint} choices={list.map((b) => ({ value: b.id, label: `${b.title} · ${b.year}-${String(b.no).padStart(2, "0")}` }))} />
        <InstantInput label={t.detail.deadline} required value={deadline} onChange={setDeadline} error={error("bid_deadline")} hint={t.life.deadlineHint} />
        {short && <TextArea label={t.life.shortReason} required value={reason} onChange={setReason} error={error("short_window_reason")} />}
        <InstantInput label={t.detail.clarify} value={clarify} onChange={setClarify} error={error("clarify_until")} hint={t.life.clarifyHint} />
        <InstantInput label={t.detail.openAt} value={open ?? deadline} onChange={setOpen} error={error("open_at")} />
        {(error("quality_override") || override) && <TextArea label={t.needs.override} required value={override} onChange={setOverride} error={error("quality_override")} />}
        <ErrorNote failure={publish.problem} />
        <div className="row">
          <Button type="submit" look="seal" busy={publish.pending} disabled={!chosen || !deadline || (short && !reason.trim())}>
            {t.actions["challenge.publish"]}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
