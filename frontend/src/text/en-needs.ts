// The words of needs and of the quality score.
import type { zhNeeds } from "./zh-needs";

export const enNeeds: typeof zhNeeds = {
  actions: { "need.search": "Public pool of needs", "need.desk": "My needs", "need.draft": "Draft a need", "need.show": "Show need", "need.edit": "Edit need", "need.submit": "Submit need", "need.quality": "Need quality", "need.forecast": "Forecast of teams", "need.comment": "Comment", "need.resolve": "Mark resolved", "need.refine": "Ask the owner to refine", "need.argue": "Name experts", "need.score": "Hand in opinion", "need.return": "Return need", "need.park": "Park need", "need.resume": "Resume need", "need.merge": "Merge need", "need.approve": "Approve need", "need.turn": "Turn into a challenge", "need.turned": "Turned into a challenge", "match.forecast": "Forecast of capable teams" } as Record<string, string>,
  states: { need: { "draft": "Draft", "submitted": "Submitted", "refining": "Being refined", "in_argument": "In argument", "approved": "Approved", "returned": "Returned", "parked": "Parked", "merged": "Merged", "turned": "Turned into a challenge" } },
  words: {
    score: "Quality score",
    mend: "To mend",
    override: "Why it is published below the quality asked for",
    full: "Everything is stated.",
    teams: "Capable teams",
    parts: { "indicators": "Quantified indicators", "test": "Test method and tester", "baseline": "Baseline", "money": "Money and proof", "ip": "IP terms", "trl": "Readiness gap", "conditions": "Open conditions", "window": "Term and window", "words": "Plain words" } as Record<string, string>,
    lacks: { "no_number": "Give a number that can be measured.", "no_unit": "Give the unit, or 1 for a number without one.", "few_indicators": "State at least three indicators.", "no_test_method": "Say how it is tested: a standard, a rig, a number of runs.", "no_tester": "Say who tests it.", "no_baseline": "Say what is reached today.", "no_money": "Say what the whole work may cost.", "no_owner_part": "Say what the owner pays himself.", "no_proof": "Add a paper that shows that the money is there.", "no_ip_owner": "Say who will own the results.", "no_ip_background": "Say who keeps what was there before.", "no_ip_rights": "Say what the team may do with the results.", "no_trl_now": "Say how ready it is today, 1 to 9.", "no_trl_target": "Say how ready it must become, 1 to 9.", "trl_gap_unknown": "The step between the two is not known yet.", "trl_gap": "A step of 1 to 4 can be judged as one work; split a longer one.", "narrow_condition": "This points at one firm or at rank: ask for what a team can do.", "term": "Give a term of 6 to 48 months.", "window": "Leave teams at least 20 days.", "vague_word": "A vague word: say it with a number or a standard.", "no_text": "Describe the problem." } as Record<string, string>,
    choices: { "region": "Region", "kind": "Kind of unit", "capability": "Capability", "approve": "Approve", "revise": "Revise", "reject": "Reject", "newest": "Newest", "quality": "Quality" } as Record<string, string>,
  },
};
