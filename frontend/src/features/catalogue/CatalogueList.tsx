import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Catalogue, CatalogueImport } from "../../client/views";
import { useCatalogueText } from "../../text/catalogue";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { FileDrop } from "../../ui/FileDrop";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea, TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** Every version of every vocabulary: to read, to import, to put into force, to end. */
export function CatalogueList() {
  const { t, language } = useLanguage();
  const [importing, setImporting] = useState(false);
  const [ending, setEnding] = useState<Catalogue>();
  const [shown, setShown] = useState("");
  const query = api.useQuery("get", "/api/v1/catalogues", {});
  return (
    <Loaded query={query}>
      {({ catalogues, actions }) => (
        <div className="stack">
          <div className="row end">
            <ExportMenu save={exporter("/api/v1/catalogues")} />
          </div>
          {actions.includes("catalogue.import") && (
            <div>
              <Button look="main" onClick={() => setImporting(true)}>
                {t.catalogues.import}
              </Button>
            </div>
          )}
          {actions.includes("catalogue.load") && <LoadStarter />}
          <Table
            label={t.catalogues.list}
            rows={catalogues}
            id={(c) => c.id}
            empty={<Empty title={t.catalogues.none} />}
            columns={[
              { key: "kind", head: t.register.kind, cell: (c) => label(t.catalogues.kinds, c.kind) },
              {
                key: "name",
                head: t.register.name,
                cell: (c) => (
                  <>
                    {named(c, language)} <span className="muted small mono">{c.code}</span>
                  </>
                ),
              },
              { key: "from", head: t.catalogues.from, cell: (c) => `${c.valid_from}${c.valid_to ? ` — ${c.valid_to}` : ""}` },
              { key: "state", head: t.list.state, cell: (c) => <StateTag tone={c.state === "published" ? "good" : "warn"} label={label(t.catalogues.states, c.state)} /> },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (c) => (
                  <span className="row">
                    <Button small aria-expanded={shown === c.id} onClick={() => setShown(shown === c.id ? "" : c.id)}>
                      {t.catalogues.terms}
                    </Button>
                    <Publish catalogue={c} />
                    {c.actions.includes("catalogue.end") && (
                      <Button small look="quiet" onClick={() => setEnding(c)}>
                        {t.actions["catalogue.end"]}
                      </Button>
                    )}
                  </span>
                ),
              },
            ]}
          />
          {shown && <Terms id={shown} />}
          {importing && <Import onClose={() => setImporting(false)} />}
          {ending && <End catalogue={ending} onClose={() => setEnding(undefined)} />}
        </div>
      )}
    </Loaded>
  );
}

/** The catalogues shipped with the platform, for a vocabulary that has no version yet. */
function LoadStarter() {
  const { t } = useLanguage();
  const words = useCatalogueText();
  const load = useAct((_: void, key) => client.POST("/api/v1/catalogues/starter", { headers: idempotent(key) }));
  return (
    <div className="stack">
      <p className="muted small">{words.starterHint}</p>
      <div>
        <Button busy={load.pending} onClick={() => void load.run()}>
          {t.actions["catalogue.load"]}
        </Button>
      </div>
      <ErrorNote failure={load.problem} />
    </div>
  );
}

function Publish({ catalogue: c }: { catalogue: Catalogue }) {
  const acts = useActs({ "catalogue.publish": ({ key }) => client.POST("/api/v1/catalogues/{id}/publish", { params: { path: { id: c.id } }, headers: { ...idempotent(key), ...ifMatch(c) } }) });
  return <Actions small actions={c.actions} acts={acts} />;
}

function Terms({ id }: { id: string }) {
  const { t, language } = useLanguage();
  const more = useCatalogueText();
  const [words, setWords] = useState("");
  const query = api.useQuery("get", "/api/v1/catalogues/{id}", { params: { path: { id } } });
  return (
    <Loaded query={query}>
      {(c) => {
        const rows = c.terms.filter((x) => !words || [x.code, x.name_zh, x.name_en, ...(x.synonyms ?? [])].some((s) => s?.toLowerCase().includes(words.toLowerCase())));
        return (
          <div className="stack">
            <TextInput label={t.register.search} type="search" value={words} onChange={setWords} />
            <Table
              label={t.catalogues.terms}
              rows={rows.slice(0, 200)}
              id={(x) => x.code}
              empty={<Empty title={t.register.none} />}
              columns={[
                { key: "code", head: t.batches.code, cell: (x) => <span className="mono small">{x.code}</span> },
                {
                  key: "name",
                  head: t.register.name,
                  cell: (x) => (
                    <>
                      {named(x, language)} {x.merged_into && <span className="muted small">{more.mergedInto(x.merged_into)}</span>}
                    </>
                  ),
                },
                { key: "group", head: t.catalogues.group, cell: (x) => x.group_zh || x.parent || t.ui.none },
                { key: "syn", head: t.catalogues.synonyms, cell: (x) => (x.synonyms ?? []).join("、") || t.ui.none },
                { key: "links", head: more.links, cell: (x) => <span className="mono small">{[...(x.ipc ?? []), ...(x.gbt4754 ?? [])].join(", ") || t.ui.none}</span> },
              ]}
            />
          </div>
        );
      }}
    </Loaded>
  );
}

function Import({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const [text, setText] = useState("");
  let parsed: unknown;
  try {
    parsed = text ? JSON.parse(text) : undefined;
  } catch {
    parsed = undefined;
  }
  const send = useAct((_: void, key) => client.POST("/api/v1/catalogues", { body: parsed as CatalogueImport, headers: idempotent(key) }), onClose);
  return (
    <FormDialog title={t.catalogues.import} onClose={onClose} onSubmit={() => void send.run()} busy={send.pending} failure={send.problem} disabled={!parsed}>
      <p className="muted small">{t.catalogues.importHint}</p>
      <FileDrop label={t.catalogues.import} accept=".json,application/json" onFiles={(files) => void files[0]?.text().then(setText)} />
      <TextArea label={t.catalogues.content} rows={8} value={text} onChange={setText} error={text && !parsed ? t.catalogues.bad : undefined} />
    </FormDialog>
  );
}

function End({ catalogue: c, onClose }: { catalogue: Catalogue; onClose: () => void }) {
  const { t } = useLanguage();
  const [day, setDay] = useState("");
  const end = useAct((_: void, key) => client.POST("/api/v1/catalogues/{id}/end", { params: { path: { id: c.id } }, body: { valid_to: day }, headers: { ...idempotent(key), ...ifMatch(c) } }), onClose);
  return (
    <FormDialog title={t.actions["catalogue.end"]!} onClose={onClose} onSubmit={() => void end.run()} busy={end.pending} failure={end.problem} disabled={!day}>
      <TextInput label={t.catalogues.endOn} type="date" required value={day} onChange={setDay} />
    </FormDialog>
  );
}
