import type { MatchLine } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";

/** The reason line: the band, and the parts of the score that add most. */
export function useWhyLine(): (why: MatchLine) => string {
  const t = useText();
  const m = useMatchText();
  return (why) => m.invitation.whyLine(label(m.bands, why.band), why.parts.map((p) => label(t.parts, p)).join(t.ui.comma));
}
