import type { ReactNode } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Bid } from "../../client/views";
import { useListText } from "../../text/list";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

/** The text of the challenge is newer than what the bid answers: read it, then confirm. */
export function ConfirmText({ bid: b, link }: { bid: Bid; link: (words: string) => ReactNode }) {
  const t = useText();
  const l = useListText();
  const confirm = useAct((_: void, key) => client.POST("/api/v1/bids/{id}/confirm", { params: { path: { id: b.id } }, body: { text_no: b.text.newest }, headers: idempotent(key) }));
  const unread = b.text.read < b.text.amended;
  if (!b.actions.includes("bid.confirm") || (!unread && !b.text.behind)) return null;
  return (
    <div className="note stack tight" role="status">
      <strong>{l.confirmTitle}</strong>
      <span>{b.text.behind ? l.confirmBehind(b.text.amended) : l.confirmRead(b.text.newest)}</span>
      <ErrorNote failure={confirm.problem} />
      <span className="row">
        {link(l.readThem)}
        <Button small look="main" busy={confirm.pending} onClick={() => void confirm.run()}>
          {t.actions["bid.confirm"]}
        </Button>
      </span>
    </div>
  );
}
