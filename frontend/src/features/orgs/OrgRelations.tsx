import { useState, type ReactNode } from "react";
import { useAct, useActs } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Org, OrgRelation } from "../../client/views";
import { label, toneOf } from "../../text/say";
import { useLanguage, useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { Select, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { dateText } from "../../ui/time";

/** Whose subordinate a unit is, and whom it controls. */
export function OrgRelations({ org }: { org: Org }) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<string>();
  return (
    <Section title={t.org.relations} side={t.org.relationHint}>
      {org.relations.length === 0 ? (
        <p className="muted">{t.org.noRelations}</p>
      ) : (
        <ul className="plain-list">
          {org.relations.map((r) => (
            <li key={r.id}>
              <RelationLine relation={r} actions={r.child.id === org.id ? org.actions : []} onEnd={() => setEnding(r.id)}>
                <span>{r.parent.id === org.id ? t.org.isParent(r.child.name) : t.org.isChild(r.parent.name)}</span>
              </RelationLine>
            </li>
          ))}
        </ul>
      )}
      {org.actions.includes("org.relate") && (
        <div>
          <Button small onClick={() => setAdding(true)}>
            {t.actions["org.relate"]}
          </Button>
        </div>
      )}
      {adding && <Relate org={org} onClose={() => setAdding(false)} />}
      {ending && <End org={org} relation={ending} onClose={() => setEnding(undefined)} />}
    </Section>
  );
}

/** One relation with its dates and what the operator said of it. */
export function RelationLine({ relation: r, actions, onEnd, children }: { relation: OrgRelation; actions: string[]; onEnd?: () => void; children: ReactNode }) {
  const { t, language } = useLanguage();
  const params = { path: { id: r.child.id, relation: r.id } };
  const acts = useActs({
    "org.confirm_relation": ({ key, reason }) => client.POST("/api/v1/orgs/{id}/relations/{relation}/confirm", { params, body: { reason }, headers: idempotent(key) }),
    "org.refuse_relation": ({ key, reason }) => client.POST("/api/v1/orgs/{id}/relations/{relation}/refuse", { params, body: { reason }, headers: idempotent(key) }),
  });
  const shown = r.over ? "over" : r.state;
  return (
    <div className="row">
      <StateTag tone="ink" label={label(t.org.relationKinds, r.kind)} />
      {children}
      <span className="muted small">{t.units.from(dateText(r.since, language), r.until ? dateText(r.until, language) : "")}</span>
      <StateTag tone={r.over ? "plain" : toneOf(r.state)} label={shown === "over" ? t.units.over : label(t.units.relationStates, r.state)} />
      {r.state === "declared" && !r.over && <Actions small actions={actions} acts={acts} reasons={["org.confirm_relation", "org.refuse_relation"]} labelReason={t.reason} />}
      {onEnd && !r.over && r.state === "confirmed" && actions.includes("org.end_relation") && (
        <Button small look="quiet" onClick={onEnd}>
          {t.actions["org.end_relation"]}
        </Button>
      )}
    </div>
  );
}

function Relate({ org, onClose }: { org: Org; onClose: () => void }) {
  const t = useText();
  const [parent, setParent] = useState("");
  const [kind, setKind] = useState<"parent" | "control">("parent");
  const [since, setSince] = useState("");
  const [until, setUntil] = useState("");
  const relate = useAct((_: void, key) => client.POST("/api/v1/orgs/{id}/relations", { params: { path: { id: org.id } }, body: { parent: parent.trim(), kind, ...(since && { since }), ...(until && { until }) }, headers: idempotent(key) }), onClose);
  const error = useErrors(relate.problem);
  return (
    <FormDialog title={t.actions["org.relate"]!} onClose={onClose} onSubmit={() => void relate.run()} busy={relate.pending} failure={relate.problem} disabled={!parent.trim()}>
      <TextInput label={t.org.parent} required value={parent} onChange={setParent} error={error("parent")} />
      <Select label={t.register.kind} value={kind} onChange={(v) => setKind(v as typeof kind)} choices={Object.entries(t.org.relationKinds).map(([value, name]) => ({ value, label: name }))} error={error("kind")} />
      <TextInput label={t.register.since} type="date" value={since} onChange={setSince} error={error("since")} />
      <TextInput label={t.units.until} type="date" value={until} onChange={setUntil} error={error("until")} />
    </FormDialog>
  );
}

function End({ org, relation, onClose }: { org: Org; relation: string; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState("");
  const end = useAct(() => client.DELETE("/api/v1/orgs/{id}/relations/{relation}", { params: { path: { id: org.id, relation }, query: { reason: reason.trim() } } }), onClose);
  return (
    <FormDialog title={t.actions["org.end_relation"]!} onClose={onClose} onSubmit={() => void end.run()} busy={end.pending} failure={end.problem} disabled={[...reason.trim()].length < 4}>
      <TextInput label={t.reason} required value={reason} onChange={setReason} />
    </FormDialog>
  );
}
