import type { BidDeskItem } from "../../client/views";
import { useText } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** Does the institution stand behind exactly the newest content? */
export function EndorsementNote({ draft: d }: { draft: BidDeskItem["draft"] }) {
  const t = useText();
  if (d.endorsed > 0 && d.endorsed === d.newest)
    return (
      <span className="row small">
        <StateTag tone="good" label={t.bid.endorsed} />
        <Time at={d.endorsed_at} />
      </span>
    );
  if (d.endorsed > 0) return <StateTag tone="bad" label={t.bid.endorseVoid} />;
  return <StateTag tone="warn" label={d.requested === d.newest && d.newest > 0 ? t.bid.requested : t.bid.notEndorsed} />;
}
