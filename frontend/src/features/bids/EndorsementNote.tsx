import type { Bid } from "../../client/views";
import { useText } from "../../text/text";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";

/** Does the institution stand behind exactly this content? */
export function EndorsementNote({ bid }: { bid: Bid }) {
  const t = useText();
  const e = bid.endorsement;
  if (!e) return <StateTag tone="warn" label={t.bid.notEndorsed} />;
  return (
    <span className="row small">
      <StateTag tone={e.valid ? "good" : "bad"} label={e.valid ? t.bid.endorsedBy(e.by) : t.bid.endorseVoid} />
      <Time at={e.at} />
    </span>
  );
}
