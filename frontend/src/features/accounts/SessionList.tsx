import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** Where this person is signed in, and a way to end what is not theirs any more. */
export function SessionList() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/account/sessions", {});
  const end = useAct((id: string) => client.DELETE("/api/v1/account/sessions/{id}", { params: { path: { id } } }));
  const others = useAct(() => client.DELETE("/api/v1/account/sessions", {}));
  return (
    <Section title={t.sessions.title} tools={<ExportMenu save={exporter("/api/v1/account/sessions")} />}>
      <div>
        <Button small look="quiet" busy={others.pending} onClick={() => void others.run()}>
          {t.factor.others}
        </Button>
      </div>
      <ErrorNote failure={end.problem} />
      <Loaded query={query}>
        {({ sessions }) => (
          <Table
            label={t.sessions.title}
            rows={sessions}
            id={(s) => s.id}
            columns={[
              { key: "agent", head: t.sessions.agent, cell: (s) => <span>{browserOf(s.agent) || t.ui.none} {s.current && <StateTag tone="good" label={t.sessions.current} />}</span> },
              { key: "address", head: t.factor.address, cell: (s) => <span className="mono">{s.address || t.ui.none}</span> },
              { key: "since", head: t.sessions.since, cell: (s) => <Time at={s.created_at} /> },
              { key: "used", head: t.sessions.used, cell: (s) => <Time at={s.used_at} /> },
              { key: "until", head: t.sessions.until, cell: (s) => <Time at={s.expires_at} day /> },
              {
                key: "end",
                head: t.ui.actions,
                bare: true,
                cell: (s) =>
                  !s.current && (
                    <Button small look="quiet" busy={end.pending} onClick={() => void end.run(s.id)}>
                      {t.actions["account.end_session"]}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

/** Browser and system out of what a browser says of itself; anything else as it is, cut short. */
function browserOf(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /Windows|Mac OS X|Android|iPhone|Linux/.exec(agent);
  if (browser) return `${browser[1] === "Edg" ? "Edge" : browser[1]} ${browser[2]}${system ? ` · ${system[0]}` : ""}`;
  return agent.slice(0, 40);
}
