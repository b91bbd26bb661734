import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check, Select, TextArea, TextInput } from "../../ui/inputs";

/**
 * Who is to win: the ranking decides. What is left to people is how many stand in reserve,
 * the chair's order where nothing parts two bids, and whom an upheld objection keeps out.
 */
export function ShortlistDialog({ challenge, onClose }: { challenge: string; onClose: () => void }) {
  const t = useText();
  const params = { path: { id: challenge } };
  const ranking = api.useQuery("get", "/api/v1/challenges/{id}/ranking", { params });
  const objections = api.useQuery("get", "/api/v1/challenges/{id}/objections", { params });
  const [reserves, setReserves] = useState("1");
  const [first, setFirst] = useState("");
  const [tieReason, setTieReason] = useState("");
  const [out, setOut] = useState<Record<string, string>>({});
  const places = (ranking.data?.places ?? []).filter((p) => p.passed);
  const tied = places.filter((p) => p.tie === "chair" || places.some((q) => q.bid !== p.bid && q.place === p.place));
  const upheld = objections.data?.items.some((o) => o.state === "upheld");
  const propose = useAct(
    (_: void, key) =>
      client.POST("/api/v1/challenges/{id}/shortlist", {
        params,
        body: {
          reserves: Number(reserves),
          ...(first && { order: [first, ...tied.map((p) => p.bid).filter((b) => b !== first)], tie_reason: tieReason.trim() }),
          excluded: Object.entries(out).map(([bid, reason]) => ({ bid, reason: reason.trim() })),
        },
        headers: idempotent(key),
      }),
    onClose,
  );
  const error = useErrors(propose.problem);
  return (
    <Dialog title={t.actions["award.shortlist"]!} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void propose.run();
        }}
      >
        <p>{t.award.shortlistHint}</p>
        <ErrorNote failure={ranking.error} />
        {places.length > 0 && (
          <ol className="small">
            {places.map((p) => (
              <li key={p.bid} value={p.place}>
                {p.team || p.bid_code} · <span className="number">{p.total.toFixed(2)}</span>
              </li>
            ))}
          </ol>
        )}
        <Select label={t.award.reserves} value={reserves} onChange={setReserves} choices={["0", "1", "2", "3"].map((value) => ({ value, label: value }))} error={error("reserves")} />
        {tied.length > 1 && (
          <>
            <Select label={t.award.tieFirst} hint={t.award.tieHint} value={first} onChange={setFirst} choices={tied.map((p) => ({ value: p.bid, label: p.team || p.bid_code }))} error={error("order")} />
            <TextArea label={t.award.tieReason} required value={tieReason} onChange={setTieReason} error={error("tie_reason")} />
          </>
        )}
        {upheld && (
          <fieldset className="stack tight">
            <legend>{t.award.exclude}</legend>
            {places.map((p) => (
              <div key={p.bid} className="stack tight">
                <Check
                  label={p.team || p.bid_code}
                  checked={p.bid in out}
                  onChange={(on) => setOut(on ? { ...out, [p.bid]: "" } : Object.fromEntries(Object.entries(out).filter(([bid]) => bid !== p.bid)))}
                />
                {p.bid in out && <TextInput label={t.award.excludeReason} required value={out[p.bid]!} onChange={(v) => setOut({ ...out, [p.bid]: v })} />}
              </div>
            ))}
          </fieldset>
        )}
        <ErrorNote failure={propose.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={propose.pending} disabled={Object.values(out).some((r) => [...r.trim()].length < 4) || (tied.length > 1 && !!first && !tieReason.trim())}>
            {t.actions["award.shortlist"]}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}
