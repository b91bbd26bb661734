import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Need, NeedSheet, NeedSheetBody } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { NumberInput, Select, TextArea } from "../../ui/inputs";
import { StateTag } from "../../ui/StateTag";

const criteria = ["necessity", "innovation", "feasibility", "benefit"] as const;

const tones: Record<string, "good" | "warn" | "bad"> = { approve: "good", revise: "warn", reject: "bad" };

/** What the experts found: how many sheets are in, the averages once it is over, and each sheet that may be read. */
export function NeedArgument({ need: n }: { need: Need }) {
  const t = useText();
  const p = t.needs.page;
  const a = n.argument;
  const averages = [...criteria, "total"].filter((c) => a.averages[c] !== undefined);
  return (
    <div className="stack">
      {a.named === 0 ? <p className="muted">{p.notNamed}</p> : <p>{p.sheets(a.in, a.named)}</p>}
      {n.state === "in_argument" && <p className="muted small">{p.closed}</p>}
      {averages.length > 0 && (
        <dl className="pairs">
          {averages.map((c) => (
            <div key={c} style={{ display: "contents" }}>
              <dt>{c === "total" ? p.average : p.criteria[c]}</dt>
              <dd>
                <strong className="number">{a.averages[c]}</strong>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {n.opinion && (
        <div className="note good">
          <strong>{p.conclusion}</strong>
          <p className="prose">{n.opinion}</p>
        </div>
      )}
      {n.actions.includes("need.score") && !a.sheets.some((s) => s.mine && s.in) && <Sheet need={n.id} />}
      <ol className="plain-list stack">
        {a.sheets.map((s, i) => (
          <li key={i}>
            <SheetCard sheet={s} no={i + 1} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function SheetCard({ sheet: s, no }: { sheet: NeedSheet; no: number }) {
  const t = useText();
  const p = t.needs.page;
  return (
    <article className="card stack tight">
      <div className="row spread">
        <span className="row">
          <strong>{s.expert || p.expertNo(no)}</strong>
          {s.mine && <StateTag tone="ink" label={p.mine} />}
        </span>
        {s.verdict ? <StateTag tone={tones[s.verdict] ?? "plain"} label={label(t.needs.choices, s.verdict)} /> : <StateTag tone={s.in ? "good" : "warn"} label={s.in ? t.review.saved : p.waits} />}
      </div>
      {s.verdict && (
        <>
          <p className="row small">
            {criteria.map((c) => (
              <span key={c}>
                {p.criteria[c]} <strong className="number">{s.scores[c]}</strong>
              </span>
            ))}
          </p>
          <p className="prose">{s.opinion}</p>
        </>
      )}
    </article>
  );
}

/** The form an expert hands in, once. */
function Sheet({ need }: { need: string }) {
  const t = useText();
  const p = t.needs.page;
  const [v, setV] = useState<Partial<NeedSheetBody>>({ opinion: "" });
  const ready = criteria.every((c) => v[c] !== undefined) && !!v.verdict && !!v.opinion?.trim();
  const act = useAct((_: void, key) => client.POST("/api/v1/needs/{id}/opinion", { params: { path: { id: need } }, body: v as NeedSheetBody, headers: idempotent(key) }));
  const error = useErrors(act.problem);
  return (
    <form
      className="form card"
      aria-label={p.sheet}
      onSubmit={(e) => {
        e.preventDefault();
        void act.run();
      }}
    >
      <h3>{p.sheet}</h3>
      <p className="muted small">{p.sheetLead}</p>
      <div className="form-grid">
        {criteria.map((c) => (
          <NumberInput key={c} label={p.criteria[c]!} hint={p.guidance[c]} required value={v[c]} onChange={(n) => setV({ ...v, [c]: n })} error={error(c)} />
        ))}
      </div>
      <Select label={p.verdict} required value={v.verdict ?? ""} onChange={(verdict) => setV({ ...v, verdict: verdict as NeedSheetBody["verdict"] })} choices={(["approve", "revise", "reject"] as const).map((value) => ({ value, label: t.needs.choices[value]! }))} error={error("verdict")} />
      <TextArea label={p.opinionText} required rows={4} maxLength={2000} value={v.opinion ?? ""} onChange={(opinion) => setV({ ...v, opinion })} error={error("opinion")} />
      <ErrorNote failure={act.problem} />
      <div>
        <Button type="submit" look="main" busy={act.pending} disabled={!ready}>
          {t.actions["need.score"]}
        </Button>
      </div>
    </form>
  );
}
