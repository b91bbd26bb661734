// A challenge's life as steps, for those who see it through. What may be done is said by
// the actions of the view; this only tells where in the order the challenge stands.
export const lifeKeys = ["submit", "approve", "publish", "bidding", "open", "check", "draw", "assign", "review", "owner", "rank", "shortlist", "publicize", "publicity"] as const;
export type LifeKey = (typeof lifeKeys)[number];

/** What is known of the evaluation; nothing while it has not begun. */
export interface LifeFacts {
  bids?: number;
  checked?: number;
  drawn?: boolean;
  seats?: number;
  accepted?: number;
  done?: number;
  ownerAsked?: boolean;
  ownerGiven?: number;
  ranked?: boolean;
  outdated?: boolean;
  openObjections?: number;
}

export interface LifeStep {
  key: LifeKey;
  state: "done" | "now" | "todo";
}

const at: Record<string, number> = { draft: 0, returned: 0, submitted: 1, approved: 2, published: 3, bidding_closed: 4, evaluating: 5, shortlisted: 12, publicity: 13, awarded: 14 };
const ended: Record<string, number> = { no_bid: 5, failed: 11, withdrawn: 0 };

/** The states that end a life before its award. */
export const isEnded = (state: string) => state in ended;

export function lifeOf(state: string, f: LifeFacts): LifeStep[] {
  if (isEnded(state)) return lifeKeys.map((key, i) => ({ key, state: i < ended[state]! ? "done" : "todo" }));
  const inside: Partial<Record<LifeKey, boolean>> = {
    check: !!f.bids && f.checked === f.bids,
    draw: !!f.drawn,
    assign: !!f.seats,
    review: !!f.seats && f.done === f.seats,
    owner: f.ownerAsked === false || (!!f.bids && f.ownerGiven !== undefined && f.ownerGiven > 0),
    rank: !!f.ranked && !f.outdated,
  };
  const here = at[state] ?? 0;
  let open = true; // the first step that is not done is the one to take
  return lifeKeys.map((key, i) => {
    const done = i < here || (state === "evaluating" && !!inside[key]);
    if (done) return { key, state: "done" };
    const now = open && i >= here;
    if (now) open = false;
    return { key, state: now ? "now" : "todo" };
  });
}
