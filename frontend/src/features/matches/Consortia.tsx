import type { ReactNode } from "react";
import type { ConsortiumList } from "../../client/views";
import type { NameOf } from "../../text/parts";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Empty } from "../../ui/Empty";
import { Select } from "../../ui/inputs";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Gates } from "./Gates";
import "./matches.css";

type Team = ConsortiumList["items"][number]["members"][number]["team"];

interface Props {
  found: ConsortiumList;
  link: (team: Team) => ReactNode;
  nameOf: NameOf;
  larger: number;
  onLarger: (n: number) => void;
}

/** Sets of teams that hold every must together: who brings what, and what nobody has. */
export function Consortia({ found, link, nameOf, larger, onLarger }: Props) {
  const m = useMatchText();
  const c = m.consortia;
  const { items, needs, gates, complete, why } = found;
  if (needs.length === 0) return <Empty title={c.noNeeds} />;
  return (
    <div className="stack">
      {gates.length > 0 && (
        <div className="note bad">
          <Gates gates={gates} nameOf={nameOf} />
        </div>
      )}
      <Needs needs={needs} link={link} />
      {why && (
        <Empty title={c.none}>
          <p>{label(c.why, why)}</p>
        </Empty>
      )}
      {items.length > 0 && (
        <>
          <div className="narrow">
            <Select label={c.larger} value={String(larger)} onChange={(v) => onLarger(Number(v))} choices={c.largers.map((name, i) => ({ value: String(i), label: name }))} />
          </div>
          {!complete && <p className="note warn small">{c.incomplete}</p>}
          <ol className="consortium-sets">
            {items.map((set, i) => (
              <li key={set.members.map((x) => x.team.id).join()} className="card">
                <h2>{c.set(i + 1, set.members.length)}</h2>
                <ul className="consortium-members">
                  {set.members.map((x) => (
                    <li key={x.team.id} className={x.may_lead ? "lead" : ""}>
                      <span className="row">
                        {link(x.team)}
                        {x.band && <StateTag tone={x.band === "strong" ? "good" : x.band === "good" ? "ink" : "plain"} label={label(m.bands, x.band)} />}
                        {x.may_lead && <StateTag tone="ink" label={c.mayLead} />}
                        <span className="muted small">
                          {x.team.org_name} {x.team.city}
                        </span>
                      </span>
                      <span className="row small">
                        <span className="muted">{c.brings}</span>
                        {x.brings.length === 0 && <span className="muted">{c.bringsNone}</span>}
                        {x.brings.map((tag) => (
                          <StateTag key={tag} tone={set.members.length > 1 && x.only.includes(tag) ? "seal" : "plain"} label={`${nameOf(tag)}${set.members.length > 1 && x.only.includes(tag) ? ` · ${c.only}` : ""}`} />
                        ))}
                      </span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function Needs({ needs, link }: { needs: ConsortiumList["needs"]; link: Props["link"] }) {
  const { language } = useLanguage();
  const m = useMatchText();
  const c = m.consortia;
  const kept = needs.some((n) => n.out.length > 0);
  return (
    <Table
      label={c.needs}
      rows={needs}
      id={(n) => n.tag}
      columns={[
        { key: "tag", head: c.capability, cell: (n) => named(n, language) },
        { key: "min", head: c.min, cell: (n) => c.level(n.min_level) },
        { key: "holders", head: c.holders, cell: (n) => (n.holders ? c.holdersOf(n.holders) : <StateTag tone="bad" label={c.holdersOf(0)} />) },
        { key: "best", head: c.best, cell: (n) => c.bestOf(n.best) },
        ...(kept
          ? [
              {
                key: "out",
                head: c.out,
                cell: (n: ConsortiumList["needs"][number]) =>
                  n.out.length === 0 ? (
                    "—"
                  ) : (
                    <ul className="plain-list small">
                      {n.out.slice(0, 5).map((o) => (
                        <li key={o.team.id}>
                          {link(o.team)} <span className="muted">{[c.level(o.level), ...o.reasons.map((r) => label(m.gateCodes, r))].join(" · ")}</span>
                        </li>
                      ))}
                      {n.out.length > 5 && <li className="muted">… +{n.out.length - 5}</li>}
                    </ul>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
