import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, body, client, idempotent } from "../../client/setup";
import type { Diagnosis as View } from "../../client/views";
import { useListText } from "../../text/list";
import { label } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { useWords } from "../../ui/words";
import "./open.css";

/** Why a challenge stayed unfilled, in drawn numbers, and how to post it again. */
export function Diagnosis({ challenge, onReposted }: { challenge: string; onReposted: (id: string) => void }) {
  const l = useListText();
  const words = useWords();
  const m = useMatchText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/diagnosis", { params: { path: { id: challenge } } });
  return (
    <Loaded query={query}>
      {(d) => (
        <div className="stack loose">
          <Section title={l.diagnosis} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/diagnosis", { path: { id: challenge } })} />}>
            <p>{l.diagnosisLead(d.teams, d.able)}</p>
            <h3>{l.conditions}</h3>
            {d.conditions.length === 0 ? <p className="muted">{l.noConditions}</p> : <Bars teams={d.teams} rows={d.conditions} />}
            <h3>{l.bountyAmong}</h3>
            <Among similar={d.similar} measure={d.bounty} show={words.money} />
            <h3>{l.windowAmong}</h3>
            <Among similar={d.similar} measure={d.window} show={l.days} />
          </Section>
          {d.inside && (
            <Section title={l.inside}>
              {d.inside.conditions.length > 0 && <Bars teams={d.teams} rows={d.inside.conditions} />}
              <ul>
                <li>{d.inside.bands.map((b) => `${label(m.bands, b.band)} ${b.count}`).join(" · ")}</li>
                <li>{l.reach(d.inside.told, d.inside.read)}</li>
                <li>{l.invited(d.inside.invited, d.inside.accepted)}</li>
                <li>{l.asks(d.inside.questions)}</li>
                {d.inside.bids > 0 && <li>{l.bids(d.inside.bids, d.inside.rejected)}</li>}
              </ul>
              <Proposals challenge={challenge} view={d} onReposted={onReposted} />
            </Section>
          )}
        </div>
      )}
    </Loaded>
  );
}

function Bars({ teams, rows }: { teams: number; rows: View["conditions"] }) {
  const l = useListText();
  const { language } = useLanguage();
  return (
    <ul className="bars">
      {rows.map((r) => (
        <li key={r.code}>
          <span className="row spread small">
            <span>{r.code.startsWith("capability:") ? l.capability((language === "en" && r.name_en) || r.name) : label(l.codes, r.code)}</span>
            <span className="number">
              {l.excluded(r.excluded)} <span className="muted">{r.alone > 0 && l.alone(r.alone)}</span>
            </span>
          </span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-all" style={{ width: `${(100 * r.excluded) / Math.max(1, teams)}%` }} />
            <span className="bar-alone" style={{ width: `${(100 * r.alone) / Math.max(1, teams)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Among({ similar, measure: x, show }: { similar: number; measure: View["bounty"]; show: (n: number) => string }) {
  const l = useListText();
  if (similar === 0)
    return (
      <p>
        <strong className="number">{show(x.value)}</strong> <span className="muted">{l.noneLike}</span>
      </p>
    );
  const top = Math.max(x.value, x.high, 1) * 1.1;
  const at = (n: number) => `${(100 * n) / top}%`;
  return (
    <div className="stack tight">
      <p>
        <strong className="number">{show(x.value)}</strong> · {l.among(similar, x.percentile)}
      </p>
      <div className="scale" aria-hidden="true">
        <span className="scale-box" style={{ left: at(x.low), width: `${(100 * (x.high - x.low)) / top}%` }} />
        <span className="scale-mid" style={{ left: at(x.median) }} />
        <span className="scale-own" style={{ left: at(x.value) }} />
      </div>
      <p className="muted small">{l.quartiles(show(x.low), show(x.median), show(x.high))}</p>
    </div>
  );
}

function Proposals({ challenge, view, onReposted }: { challenge: string; view: View; onReposted: (id: string) => void }) {
  const l = useListText();
  const { t } = useLanguage();
  const list = view.inside?.proposals ?? [];
  const [chosen, setChosen] = useState<string[]>(() => list.map((p) => p.code));
  const may = view.actions.includes("challenge.repost");
  const repost = useAct(
    async (_: void, key) => body(await client.POST("/api/v1/challenges/{id}/repost", { params: { path: { id: challenge } }, body: { accept: chosen }, headers: idempotent(key) })),
    (c) => onReposted(c.id),
  );
  const say = (v: string) => (v === "true" ? l.yes : v === "false" ? l.no : v);
  return (
    <div className="stack tight">
      <h3>{l.proposals}</h3>
      {list.map((p) => (
        <Check
          key={p.code}
          disabled={!may}
          checked={chosen.includes(p.code)}
          onChange={(on) => setChosen(on ? [...chosen, p.code] : chosen.filter((c) => c !== p.code))}
          label={p.code.startsWith("capability:") ? l.mustOf(p.change.name) : `${label(l.paths, p.change.path)}：${say(p.change.before)} → ${say(p.change.after)}`}
          hint={p.gains > 0 ? l.gains(p.gains) : undefined}
        />
      ))}
      {may && (
        <>
          <p className="muted small">{l.repostHint}</p>
          <ErrorNote failure={repost.problem} />
          <div>
            <Button look="seal" busy={repost.pending} onClick={() => void repost.run()}>
              {t.actions["challenge.repost"]}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
