import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { exporter } from "../../client/exporter";
import { BidDeskList } from "../../features/bids/BidDeskList";
import { useBidDesk } from "../../features/bids/useBidDesk";
import { useText } from "../../text/text";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Check } from "../../ui/inputs";
import { Loading } from "../../ui/Loading";
import { PageHead } from "../../ui/PageHead";
import { Pager } from "../../ui/Pager";

/** What an institution is asked to stand behind, and what became of its teams' bids. */
export default function InboxPage() {
  const t = useText();
  const [awaiting, setAwaiting] = useState(false);
  const desk = useBidDesk(awaiting);
  return (
    <div className="stack">
      <PageHead title={t.inbox.title} lead={t.inbox.lead} side={
          <span className="row">
            <Check label={t.inbox.onlyAwaiting} checked={awaiting} onChange={setAwaiting} />
            <ExportMenu save={exporter("/api/v1/desk/bids", { query: { awaiting } })} />
          </span>
        } />
      <ErrorNote failure={desk.error} />
      {desk.isPending ? (
        <Loading />
      ) : (
        <BidDeskList
          teams
          label={t.inbox.title}
          bids={desk.items}
          link={(b) => (
            <Link to="/bids/$id" params={{ id: b.id }}>
              {b.challenge.title}
            </Link>
          )}
        />
      )}
      {desk.hasNextPage && <Pager shown={desk.items.length} more busy={desk.isFetchingNextPage} onMore={() => void desk.fetchNextPage()} />}
    </div>
  );
}
