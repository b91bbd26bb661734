import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { asProblem } from "../../client/problem";
import { api } from "../../client/setup";
import { download, upload } from "../../client/upload";
import type { Org } from "../../client/views";
import { label, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { FileDrop } from "../../ui/FileDrop";
import { FileLink } from "../../ui/FileLink";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { OrgVerdict } from "./OrgVerdict";

const purposes = ["licence", "authorisation", "credential"] as const;

/** What a unit hands in to be verified, and what was found in it; for the unit and the offices. */
export function OrgPapers({ org }: { org: Org }) {
  const t = useText();
  const [deciding, setDeciding] = useState<"org.verify" | "org.return">();
  const reviews = api.useQuery("get", "/api/v1/orgs/{id}/reviews", { params: { path: { id: org.id } } }, { retry: false });
  const files = api.useQuery("get", "/api/v1/documents", { params: { query: { owner_kind: "org", owner_id: org.id } } }, { retry: false });
  const add = useAct(async ({ list, purpose }: { list: File[]; purpose: string }) => {
    for (const file of list) await upload(file, { owner_kind: "org", owner_id: org.id, purpose });
  });
  if (!reviews.data || (reviews.error && asProblem(reviews.error).status >= 400)) return null;
  const kept = files.data?.items ?? [];
  return (
    <Section title={t.units.papers} side={t.units.papersHint} tools={<ExportMenu save={exporter("/api/v1/orgs/{id}/reviews", { path: { id: org.id } })} />}>
      {org.state === "returned" && (
        <p className="note warn">
          {t.units.whyReturned}：{org.state_reason} {t.units.mend}
        </p>
      )}
      {kept.length === 0 ? (
        <p className="muted">{t.units.noPapers}</p>
      ) : (
        <ul className="plain-list">
          {kept.map((f) => (
            <li key={f.id} className="row">
              <StateTag tone="ink" label={label(t.units.purposes, f.purpose)} />
              <FileLink file={f} get={download} />
            </li>
          ))}
        </ul>
      )}
      {org.actions.includes("document.upload") && (
        <div className="stack tight">
          {purposes.map((purpose) => (
            <FileDrop key={purpose} label={t.units.uploadAs(t.units.purposes[purpose]!)} busy={add.pending} onFiles={(list) => void add.run({ list, purpose })} />
          ))}
        </div>
      )}
      <ErrorNote failure={add.problem} />
      <div className="row">
        {(["org.verify", "org.return"] as const).map(
          (name, i) =>
            org.actions.includes(name) && (
              <Button key={name} look={i === 0 ? "main" : "plain"} onClick={() => setDeciding(name)}>
                {t.actions[name]}
              </Button>
            ),
        )}
      </div>
      {reviews.data.reviews.length > 0 && (
        <ul className="plain-list" aria-label={t.units.reviews}>
          {reviews.data.reviews.map((r) => (
            <li key={r.created_at}>
              <div className="row">
                <StateTag tone={toneOf(r.verdict)} label={label(t.units.verdicts, r.verdict)} />
                <Time at={r.created_at} />
                <span className="muted">{r.by}</span>
              </div>
              {r.reason && <p>{r.reason}</p>}
              {r.checks.length > 0 && (
                <p className="small muted">{r.checks.map((c) => `${c.ok ? "✓" : "✗"} ${label(t.units.checks, c.item)}${c.note ? `（${c.note}）` : ""}`).join("  ")}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      {deciding && <OrgVerdict org={org} action={deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  );
}
