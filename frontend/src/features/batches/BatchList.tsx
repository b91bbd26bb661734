import { useState } from "react";
import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import type { Batch } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { BatchForm } from "./BatchForm";
import { BatchMore } from "./BatchMore";

/** Every call with its rules. */
export function BatchList() {
  const { t, language } = useLanguage();
  const [form, setForm] = useState<Batch | "new">();
  const query = api.useQuery("get", "/api/v1/batches", {});
  return (
    <Loaded query={query}>
      {({ batches, actions }) => (
        <div className="stack">
          <div className="row end">
            <ExportMenu save={exporter("/api/v1/batches")} />
          </div>
          {actions.includes("batch.create") && (
            <div>
              <Button look="main" onClick={() => setForm("new")}>
                {t.batches.create}
              </Button>
            </div>
          )}
          {batches.length === 0 && <Empty title={t.batches.none} />}
          {batches.map((b) => (
            <section key={b.id} className="card stack tight">
              <div className="row spread">
                <h3>{b.title}</h3>
                {b.actions.includes("batch.edit") ? (
                  <Button small onClick={() => setForm(b)}>
                    {t.edit}
                  </Button>
                ) : (
                  <span className="muted small">{t.batches.fixed}</span>
                )}
              </div>
              <p className="muted small">
                {b.region_code}-JB-{b.year}-{String(b.no).padStart(2, "0")} · {b.programme} · {t.award.workingDays(b.publicity_days)}
              </p>
              <p className="small">
                {t.batches.weights}: {t.batches.weightPanel} {b.weights.panel}% · {t.batches.weightOwner} {b.weights.owner}% · {t.batches.weightMatch} {b.weights.match}% · {t.batches.size} {b.panel.size}
              </p>
              <BatchMore batch={b} />
              <ul className="small columns">
                {b.criteria.map((c) => (
                  <li key={c.code}>
                    {named(c, language)} <strong>{c.weight}</strong>
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {form && <BatchForm batch={form === "new" ? undefined : form} like={form === "new" ? batches[0] : undefined} onClose={() => setForm(undefined)} />}
        </div>
      )}
    </Loaded>
  );
}
