// The words of blind review, score sheets, clarification and feedback.
import type { zhScoring } from "./zh-scoring";

export const enScoring: typeof zhScoring = {
  actions: { "review.read": "Read the bid" },
  states: {},
  words: {
    blindBid: "The bid, without names",
    blindNote: "You judge blind: bidder, units, people and times are not shown. Step aside if you recognise the bidder.",
    blindDeclare: "This batch is judged blind, so the bidder is not named. The ties on record have been taken into account; step aside whenever you recognise the bidder.",
    blindFree: "I have no tie to the owner, and step aside when I recognise the bidder",
    files: "Files",
    noFiles: "No files",
    modes: { "": "Open", names: "Bidders hidden", both: "Both sides hidden" },
    purposes: { attachment: "File", blind: "File for blind review (experts read it)" },
    uploadBlind: "Add a file for blind review",
  },
};
