import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, body, client, idempotent } from "../../client/setup";
import type { Challenge } from "../../client/views";
import { useListText } from "../../text/list";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check, Select } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

/** The promise to sign before the detail is read, the detail for those who signed, the record for those it is kept for. */
export function Nda({ challenge: c }: { challenge: Challenge }) {
  const l = useListText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/nda", { params: { path: { id: c.id } } });
  return (
    <div className="stack loose">
      <Section title={l.nda}>
        <p className="muted small">{l.ndaLead}</p>
        <Loaded query={query}>
          {(n) => (
            <div className="stack">
              {n.signed.map((s) => (
                <Signed key={s.id} id={s.id} team={s.team.name} at={s.at} />
              ))}
              {n.signed.length === 0 && (
                <>
                  <div className="card prose" style={{ whiteSpace: "pre-wrap" }} tabIndex={0}>
                    {n.text}
                  </div>
                  <p className="muted small" style={{ overflowWrap: "anywhere" }}>
                    {l.ndaDigest}：<code>{n.digest}</code>
                  </p>
                </>
              )}
              {n.teams.length > 0 && c.actions.includes("nda.sign") ? <Sign challenge={c.id} digest={n.digest} teams={n.teams} /> : n.signed.length === 0 && <p className="muted">{l.ndaNoTeam}</p>}
            </div>
          )}
        </Loaded>
      </Section>
      {c.shows.includes("nda.list") && <Record challenge={c.id} />}
    </div>
  );
}

function Sign({ challenge, digest, teams }: { challenge: string; digest: string; teams: { id: string; name: string }[] }) {
  const t = useText();
  const l = useListText();
  const [team, setTeam] = useState(teams[0]?.id ?? "");
  const [agree, setAgree] = useState(false);
  const sign = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/nda", { params: { path: { id: challenge } }, body: { team, digest, agree }, headers: idempotent(key) }));
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void sign.run();
      }}
    >
      <Select label={l.ndaTeam} value={team} onChange={setTeam} choices={teams.map((x) => ({ value: x.id, label: x.name }))} />
      <Check label={l.ndaAgree} checked={agree} onChange={setAgree} />
      <ErrorNote failure={sign.problem} />
      <div>
        <Button type="submit" look="seal" busy={sign.pending} disabled={!agree || !team}>
          {t.actions["nda.sign"]}
        </Button>
      </div>
    </form>
  );
}

function Signed({ id, team, at }: { id: string; team: string; at: string }) {
  const t = useText();
  const l = useListText();
  const [detail, setDetail] = useState<string>();
  const read = useAct(
    async (_: void, key) => body(await client.POST("/api/v1/nda/{id}/detail", { params: { path: { id } }, headers: idempotent(key) })),
    (d) => setDetail(d.detail),
  );
  return (
    <div className="card stack tight">
      <p className="row spread">
        <strong>{l.ndaSigned(team)}</strong>
        <Time at={at} />
      </p>
      {detail === undefined ? (
        <div>
          <Button look="main" busy={read.pending} onClick={() => void read.run()}>
            {t.actions["nda.read"]}
          </Button>
        </div>
      ) : (
        <p className="prose" style={{ whiteSpace: "pre-wrap" }}>
          {detail}
        </p>
      )}
      <ErrorNote failure={read.problem} />
    </div>
  );
}

function Record({ challenge }: { challenge: string }) {
  const l = useListText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/nda/record", { params: { path: { id: challenge } } });
  return (
    <Section title={l.ndaRecord} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/nda/record", { path: { id: challenge } })} />}>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            label={l.ndaRecord}
            rows={items}
            id={(x) => x.id}
            empty={<p className="muted">{l.ndaNone}</p>}
            columns={[
              { key: "team", head: l.team, cell: (x) => x.team.name },
              { key: "unit", head: l.unit, cell: (x) => x.unit },
              { key: "person", head: l.person, cell: (x) => x.person },
              { key: "at", head: l.at, cell: (x) => <Time at={x.at} /> },
              {
                key: "reads",
                head: l.reads,
                cell: (x) => (
                  <ul className="small">
                    {x.reads.map((r, n) => (
                      <li key={n}>
                        <Time at={r.at} /> {r.person} · {r.what === "detail" ? l.readDetail : r.what}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
