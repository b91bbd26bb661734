import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct } from "../../client/act";
import { useMe } from "../../client/session";
import { api, body, client, idempotent } from "../../client/setup";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Select } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

export default function DeskPage() {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const posting = (me?.orgs ?? []).filter((o) => o.role === "admin" || o.role === "poster");
  const [org, setOrg] = useState(me?.alliances[0]?.leader_id ?? posting[0]?.id ?? "");
  const query = api.useQuery("get", "/api/v1/desk/challenges", {});
  const draft = useAct(
    async (_: void, key) => body(await client.POST("/api/v1/orgs/{id}/challenges", { params: { path: { id: org } }, body: {}, headers: idempotent(key) })),
    (c) => void go({ to: "/desk/challenges/$id/edit", params: { id: c.id } }),
  );
  return (
    <div className="stack">
      <PageHead
        title={t.desk.title}
        lead={t.desk.lead}
        side={
          <div className="row">
            {posting.length > 1 && <Select label={t.draft.org} value={org} onChange={setOrg} choices={posting.map((o) => ({ value: o.id, label: o.name }))} />}
            <Button look="main" disabled={!org} busy={draft.pending} onClick={() => void draft.run()}>
              {t.draft.new}
            </Button>
          </div>
        }
      />
      <ErrorNote failure={draft.problem} />
      <Loaded query={query}>
        {({ items }) => (
          <Table
            label={t.desk.title}
            rows={items}
            id={(c) => c.id}
            empty={<Empty title={t.desk.none} />}
            columns={[
              {
                key: "title",
                head: t.draft.name,
                cell: (c) => (
                  <Link to="/challenges/$id" params={{ id: c.id }}>
                    {c.title || t.states.challenge!.draft}
                  </Link>
                ),
              },
              { key: "state", head: t.list.state, cell: (c) => <StateTag tone={toneOf(c.state)} label={stateLabel(t, "challenge", c.state)} /> },
              { key: "bounty", head: t.list.bounty, right: true, cell: (c) => <Money fen={c.bounty_fen} /> },
              { key: "deadline", head: t.detail.deadline, cell: (c) => <Time at={c.bid_deadline} /> },
            ]}
          />
        )}
      </Loaded>
    </div>
  );
}
