// The words of needs and of the quality score.
import type { zhNeeds } from "./zh-needs";

/** The sentences of notices. */
export const enNeedNotices: Record<string, string> = {
  "need.submit": "The need “{title}” waits for you",
  "need.comment": "A comment on the need “{title}”",
  "need.refine": "Please refine the need “{title}”",
  "need.return": "The need “{title}” was returned",
  "need.park": "The need “{title}” is kept for later",
  "need.merge": "The need “{title}” was merged",
  "need.argue": "Please argue the need “{title}”",
  "need.replace": "Please argue the need “{title}” in another's place",
  "need.score": "Every sheet on the need “{title}” is in",
  "need.approve": "The need “{title}” was approved",
  "need.turned": "The need “{title}” became a challenge",
};

export const enNeeds: typeof zhNeeds = {
  actions: { "need.search": "Public pool of needs", "need.desk": "My needs", "need.draft": "Draft a need", "need.show": "Show need", "need.edit": "Edit need", "need.submit": "Submit need", "need.quality": "Need quality", "need.forecast": "Forecast of teams", "need.comment": "Comment", "need.resolve": "Mark resolved", "need.refine": "Ask the owner to refine", "need.argue": "Name experts", "need.replace": "Replace an expert", "need.score": "Hand in opinion", "need.return": "Return need", "need.park": "Park need", "need.resume": "Resume need", "need.merge": "Merge need", "need.approve": "Approve need", "need.turn": "Turn into a challenge", "need.turned": "Turned into a challenge", "match.forecast": "Forecast of capable teams" } as Record<string, string>,
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
    page: {
      pool: "Pool of needs", poolLead: "What firms lack: refined, argued before experts, and the best of it turned into challenges. Only the titles and summaries that owners let be shown stand here.",
      desk: "Desk of needs", deskLead: "The needs you have to do with: your unit's, those of your office, those you are asked to argue.",
      toPool: "Public pool", toDesk: "My needs", search: "Title or code", none: "No need matches", noneHint: "Try fewer filters; firms may file a need after signing in.",
      write: "File a need", untitled: "Untitled need", code: "Code", owner: "Owner", quality: "Quality", updated: "Updated", state: "State", chain: "Chain", city: "City", sort: "Sort",
      export: "Export", form: "Intake of a need", formLead: "Say first what is to be solved, then add indicators, tests, money and rights; the score beside shows what is still missing. It may be submitted and refined later.",
      basics: "About", publish: "Show title and summary once it is approved", summaryHint: "The only text that is ever public: no trade secrets", titleHint: "An object and an action, 4 to 60 characters",
      problemHint: "Where it is stuck and what must be reached, 15 characters or more", presentHint: "What is reached today, to judge the step", money: "Money", proofHint: "E.g. a board decision, an approved budget, a bank letter", windowHint: "How many days teams should have, 20 or more",
      contactHint: "For the office only", more: "Indicators", sent: "The office takes it up once submitted; you may change it again when it is returned or to be refined.", missing: "To mend before submitting",
      text: "The need", talk: "Talk", talkLead: "Between the owner and the office; experts do not see it.", noTalk: "Nothing has been said yet.", say: "Comment", about: "About which part", whole: "The whole need", office: "Office", ownerSide: "Owner", open: "Open", done: "Resolved",
      argument: "Argument before experts", notNamed: "No experts are named yet.", sheets: (n: number, all: number) => `${n} of ${all} sheets are in`, least: (n: number) => `at least ${n} sheets are needed to approve`, average: "Average", waits: "Waiting", gone: "Replaced", namedAt: (day: string) => `named ${day}`, by: "Whom to ask instead", byHint: "May stay empty: the sheet is only not awaited any more", whyReplace: "Why he is replaced", expertNo: (n: number) => `Expert ${n}`, mine: "My sheet",
      closed: "Until the argument is over no expert sees another's sheet.", criteria: { necessity: "Necessity", innovation: "Innovation", feasibility: "Feasibility", benefit: "Benefit", total: "Total" } as Record<string, string>,
      guidance: { necessity: "90: the chain stands still without it; 60: useful; 30: solved elsewhere", innovation: "90: nobody has it; 60: a step beyond what is sold; 30: to be bought", feasibility: "90: paths and teams are known; 60: with risk; 30: no path in sight", benefit: "90: a market beyond the owner; 60: pays for the owner; 30: hardly" } as Record<string, string>,
      sheet: "Sheet", sheetLead: "0 to 100 points each; it cannot be changed once handed in. The owner reads it when the argument is over, without your name.", verdict: "Verdict", opinionText: "Opinion with reasons (10 characters or more)",
      conclusion: "Conclusion of the argument", decided: "Decision", into: "Merged into", challenge: "Carried on by a challenge", openChallenge: "Open the challenge", editChallenge: "Go on with the challenge",
      pick: "Choose experts", pickHint: "Find by name or unit; an expert with a conflict of interest with the owner cannot be named.", chosen: (n: number) => `${n} chosen`, load: (n: number, most: number) => `${n} of ${most} this year`, noExperts: "No expert found",
      mergeHint: "Choose the need that stands for this one; the owner sees which.", pickNeed: "Into which need", forecast: "Forecast of capable teams", forecastLead: (n: number, all: number) => `Of ${all} teams ${n} fulfil every condition by themselves.`, excludes: (n: number) => `excludes ${n}`, only: (n: number) => `${n} by nothing else`, level: (n: number) => `level ${n}`,
      facts: "Facts", term: "Term", months: (n: number) => `${n} months`, days: (n: number) => `${n} days`, window: "Window", trl: "Readiness", public: "Public", yes: "title and summary", no: "no", history: "Trail", reason: "Reason (the owner reads it)", opinion: "Conclusion (public where the need is)", argued: (n: number, average: number) => `argued by ${n} experts, ${average} points on average`, from: "From the need", region: "Region",
    },
  },
  fields: { problem: "Problem to solve", total_fen: "Total cost", money_proof: "Proof of the money", window_days: "Days to bid", into: "Merged into", experts: "Experts", opinion: "Opinion", verdict: "Verdict", publish: "Public", necessity: "Necessity", innovation: "Innovation", feasibility: "Feasibility", benefit: "Benefit" } as Record<string, string>,
};
