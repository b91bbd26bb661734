import { useState } from "react";
import { useText } from "../../text/text";
import { Countdown } from "../../ui/Countdown";
import { StateTag } from "../../ui/StateTag";
import { useUi } from "../../ui/words";

/** How long there is left, or that it should have been done by now. */
export function Due({ at }: { at: string }) {
  const t = useText();
  const { clockOffset } = useUi();
  const [now] = useState(() => Date.now());
  if (Date.parse(at) <= now + clockOffset) return <StateTag tone="bad" label={t.officer.overdue} />;
  return (
    <span className="muted small">
      <Countdown until={at} />
    </span>
  );
}
