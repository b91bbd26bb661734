import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

export default function OfficerPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/desk/challenges", {});
  return (
    <div className="stack">
      <PageHead title={t.officer.title} lead={t.officer.lead} />
      <Loaded query={query}>
        {({ items }) => (
          <Table
            label={t.officer.queue}
            rows={items}
            id={(c) => c.id}
            empty={<Empty title={t.workbench.none} />}
            columns={[
              {
                key: "title",
                head: t.kinds.challenge!,
                cell: (c) => (
                  <Link to="/officer/challenges/$id" params={{ id: c.id }}>
                    {c.title}
                  </Link>
                ),
              },
              { key: "owner", head: t.detail.owner, cell: (c) => c.owner },
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
