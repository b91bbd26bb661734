import type { ReactNode } from "react";
import { useAct } from "../../client/act";
import { client } from "../../client/setup";
import type { Notice } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

export function NoticeList({ notices, link }: { notices: Notice[]; link: (n: Notice) => ReactNode }) {
  const t = useText();
  const read = useAct((id: string) => client.POST("/api/v1/notices/{id}/read", { params: { path: { id } } }));
  return (
    <Table
      label={t.notices.title}
      rows={notices}
      id={(n) => n.id}
      empty={<Empty title={t.notices.none} />}
      columns={[
        { key: "at", head: t.trail.when, cell: (n) => <Time at={n.at} /> },
        { key: "what", head: t.trail.what, cell: (n) => <StateTag tone={n.read ? "plain" : "seal"} label={label(t.actions, n.action)} /> },
        { key: "thing", head: t.kinds.challenge!, cell: (n) => (n.read ? link(n) : <strong>{link(n)}</strong>) },
        {
          key: "read",
          head: t.ui.actions,
          bare: true,
          cell: (n) =>
            !n.read && (
              <Button small look="quiet" onClick={() => void read.run(n.id)}>
                {t.actions["notice.read"]}
              </Button>
            ),
        },
      ]}
    />
  );
}
