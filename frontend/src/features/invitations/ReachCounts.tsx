import { exporter } from "../../client/exporter";
import { api } from "../../client/setup";
import { label } from "../../text/say";
import { useMatchText } from "../../text/useMatchText";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import "./invitations.css";

/** Whom a challenge has reached, in numbers; for the office. */
export function ReachCounts({ challenge }: { challenge: string }) {
  const m = useMatchText();
  const r = m.reach;
  const query = api.useQuery("get", "/api/v1/challenges/{id}/reach", { params: { path: { id: challenge } } });
  return (
    <Section title={r.title} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/reach", { path: { id: challenge } })} />}>
      <p className="muted small">{r.lead}</p>
      <Loaded query={query}>
        {({ suited, told, invitations: i, spread }) => (
          <div className="reach">
            <Counts title={r.suited} counts={suited.map((b) => [label(m.bands, b.band), b.count])} />
            <Counts
              title={r.told}
              counts={[
                [r.teams, told.teams],
                [r.subscribers, told.subscribers],
                [r.read, told.read],
              ]}
            />
            <Counts title={r.invited} counts={(["sent", "waiting", "accepted", "declined", "lapsed", "left"] as const).map((key) => [r[key], i[key]])} />
            <div className="card">
              <h3>{r.spread}</h3>
              <p className="small">{r.spreadLine(spread.sent, spread.teams, spread.most)}</p>
            </div>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function Counts({ title, counts }: { title: string; counts: [string, number][] }) {
  const most = Math.max(1, ...counts.map(([, n]) => n));
  return (
    <div className="card">
      <h3>{title}</h3>
      <ul className="reach-bars">
        {counts.map(([name, n]) => (
          <li key={name}>
            <span>{name}</span>
            <span className="track" aria-hidden="true">
              <span style={{ width: `${(n / most) * 100}%` }} />
            </span>
            <strong className="number">{n}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
