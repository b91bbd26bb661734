import { TagOffer } from "../../features/matches/TagOffer";

/** How many tags a piece of evidence may carry. */
const room = 12;

/** Tags for a piece of evidence: domains and capabilities alike. */
export default function EvidenceTagOffer({ text, chosen, onAdd }: { text: string; chosen: string[]; onAdd: (code: string) => void }) {
  const kind = { chosen, full: chosen.length >= room, onAdd };
  return <TagOffer text={text} domains={kind} capabilities={kind} />;
}
