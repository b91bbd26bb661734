import type { Challenge, ChallengeBody } from "../../client/views";

/** A draft as the form holds it: what the server has, in the shape it takes back. */
export function bodyOf(c: Challenge): ChallengeBody {
  return {
    title: c.title, ...(c.alliance && { alliance_id: c.alliance.id }), type: c.type, nature: c.nature, city: c.city, ...(c.chain && { chain: c.chain.code }),
    tags: c.tags.map((t) => t.code), capabilities: c.capabilities.map(({ tag, must, min_level }) => ({ tag, must, min_level })),
    background: c.background, need: c.need, indicators: c.indicators, trl_current: c.trl_current, trl_target: c.trl_target, deliverables: c.deliverables,
    bounty_fen: c.bounty_fen, honor_only: c.honor_only, total_investment_fen: c.total_investment_fen, funding: c.funding, term_months: c.term_months,
    milestones: c.milestones, ip: c.ip, conditions: c.conditions, confidentiality: c.confidentiality, selection_mode: c.selection_mode,
    competition_mode: c.competition_mode, ...(c.max_lanes && { max_lanes: c.max_lanes }), timeline: c.timeline,
  };
}

export const linesOf = (text: string): string[] => text.split("\n").map((l) => l.trim()).filter(Boolean);
