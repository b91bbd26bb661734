import type { Challenge, ChallengeBody } from "../../client/views";

/** A draft as the form holds it: what the server has, in the shape it takes back. */
export function bodyOf(c: Challenge): ChallengeBody {
  return {
    title: c.title, ...(c.alliance && { alliance_id: c.alliance.id }), anonymous_owner: c.anonymous_owner, type: c.type, nature: c.nature,
    ...(c.chain && { chain: c.chain.code }), chain_node: c.chain_node, codes: c.codes, tags: c.tags.map((t) => t.code),
    capabilities: c.capabilities.map(({ tag, must, min_level }) => ({ tag, must, min_level })),
    background: c.background, need: c.need, detail: c.detail,
    indicators: c.indicators.map((i) => without(i, "id", "no")), trl_current: c.trl_current, trl_target: c.trl_target, deliverables: c.deliverables,
    bounty_fen: c.bounty_fen, honor_only: c.honor_only, total_investment_fen: c.total_investment_fen, ...(c.funding && { funding: c.funding }), fund_proof: c.fund_proof,
    term_months: c.term_months, milestones: c.milestones.map((m) => without(m, "seq")), ip_terms: c.ip_terms, bidder_conditions: c.bidder_conditions,
    procurement_promise: c.procurement_promise, commitment_required: c.commitment_required, confidentiality: c.confidentiality, selection_mode: c.selection_mode,
    competition_mode: c.competition_mode, max_lanes: c.max_lanes, ...(c.contact && { contact: c.contact }),
    ...(c.clarify_until && { clarify_until: c.clarify_until }), ...(c.bid_deadline && { bid_deadline: c.bid_deadline }), ...(c.open_at && { open_at: c.open_at }),
  };
}

function without<T extends object, K extends keyof T>(thing: T, ...keys: K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}
