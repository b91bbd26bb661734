import type { MatchFormula } from "../../client/views";
import { partWords } from "../../text/parts";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { ScaleCurve } from "./ScaleCurve";
import "./matches.css";

const percent = (v: number) => `${Math.round(v * 1000) / 10}%`;

/** The policy by which pairs are scored now, open to everybody. */
export function FormulaView({ formula: f }: { formula: MatchFormula }) {
  const t = useText();
  const m = useMatchText();
  const w = m.formula;
  const words = partWords(t);
  const heaviest = Math.max(...f.parts.map((p) => p.weight), 1e-9);
  return (
    <div className="stack loose">
      <dl className="pairs card">
        <dt>{w.version}</dt>
        <dd className="mono">{f.formula}</dd>
        <dt>{w.reference}</dt>
        <dd className="mono">{f.reference.reference_version}</dd>
        <dt>{w.model}</dt>
        <dd>
          {f.trained ? (
            <>
              <span className="mono">{f.trained.model_version}</span> <span className="muted">{w.texts(f.trained.texts)}</span>
            </>
          ) : (
            w.untrained
          )}
        </dd>
        {f.trained && (
          <>
            <dt>{w.trained}</dt>
            <dd>
              <Time at={f.trained.trained_at} />
            </dd>
          </>
        )}
      </dl>

      <Section title={w.parts} side={w.partsHint}>
        <ul className="formula-bars card">
          {f.parts.map((p) => (
            <li key={p.part}>
              <strong>{words({ name: p.part, value: p.weight }).name}</strong>
              <span className="track" aria-hidden="true">
                <span style={{ width: `${(p.weight / heaviest) * 100}%` }} />
              </span>
              <span className="number">{percent(p.weight)}</span>
              <span className="small muted">{w.partHelp[p.part]}</span>
            </li>
          ))}
        </ul>
      </Section>

      <div className="two">
        <Section title={w.scale}>
          <div className="card stack tight">
            <p className="small muted">{w.scaleHint(f.reference.pairs)}</p>
            <ScaleCurve points={f.reference.points} bands={f.bands} />
          </div>
        </Section>
        <Section title={w.bands} side={w.bandsHint}>
          <Table
            label={w.bands}
            rows={f.bands}
            id={(b) => b.band}
            columns={[
              { key: "band", head: w.bands, cell: (b) => <strong>{label(m.bands, b.band)}</strong> },
              { key: "from", head: w.scaleY, cell: (b, i) => m.bandFrom(b.from, f.bands[i - 1]?.from ?? 0) },
            ]}
          />
          <p className="small muted">{m.pointsHelp}</p>
        </Section>
      </div>

      <Section title={w.gates}>
        <p className="note">{w.gatesText}</p>
      </Section>

      <Section title={w.kinds} side={w.kindsHint}>
        <Table
          label={w.kinds}
          rows={[...f.kinds].sort((a, b) => b.worth - a.worth)}
          id={(k) => k.kind}
          columns={[
            { key: "kind", head: w.kind, cell: (k) => label(t.enums.evidence, k.kind) },
            {
              key: "worth",
              head: w.worth,
              cell: (k) => (
                <span className="worth">
                  <span className="track" aria-hidden="true">
                    <span style={{ width: `${k.worth * 100}%` }} />
                  </span>
                  <span className="number">{percent(k.worth)}</span>
                </span>
              ),
            },
            { key: "half", head: w.half, cell: (k) => w.years(k.half_life_years) },
          ]}
        />
      </Section>

      <details className="card">
        <summary>{w.rules}</summary>
        <Table
          label={w.rules}
          rows={f.rules}
          id={(r) => r.rule}
          columns={[
            { key: "rule", head: w.rule, cell: (r) => label(m.ruleNames, r.rule) },
            { key: "code", head: "", cell: (r) => <span className="mono small muted">{r.rule}</span> },
            { key: "value", head: w.value, right: true, cell: (r) => r.value },
          ]}
        />
      </details>
    </div>
  );
}
