import type { ReactNode } from "react";
import { api } from "../../client/setup";
import type { WaitingItem } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";

/** What awaits the person who is signed in, the most urgent first. */
export function WaitingList({ link }: { link: (item: WaitingItem) => ReactNode }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/overview/desk", {});
  return (
    <Loaded query={query}>
      {({ items }) => (
        <Table
          label={t.workbench.waiting}
          rows={items}
          id={(item) => `${item.kind}-${item.id}-${item.action}`}
          empty={<Empty title={t.workbench.none} />}
          columns={[
            { key: "action", head: t.ui.actions, cell: (item) => <StateTag tone="ink" label={label(t.actions, item.action)} /> },
            { key: "title", head: t.kinds.challenge!, cell: link },
            { key: "due", head: t.workbench.due, cell: (item) => (item.due ? <Countdown until={item.due} /> : t.ui.none) },
          ]}
        />
      )}
    </Loaded>
  );
}
