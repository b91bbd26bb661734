import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { paths } from "../../client/schema";
import { clockOffset } from "../../client/clock";
import { body, client } from "../../client/setup";

type Asked = NonNullable<paths["/api/v1/challenges"]["get"]["parameters"]["query"]>;

/** What can be asked of the public list; also what stands in the address bar. */
export interface ChallengeQuery {
  q?: string;
  chain?: string;
  tag?: string;
  city?: string;
  type?: string;
  state?: string;
  competition?: string;
  batch?: string;
  bounty_min?: string;
  bounty_max?: string;
  /** Bids close within so many days from now. */
  within?: string;
  sort?: string;
}

/** The address bar's strings in the types of the door; the server refuses what it does not know. */
export function askedOf({ state, bounty_min, bounty_max, within, ...rest }: ChallengeQuery): Asked {
  const asked = {
    ...rest,
    ...(state && { state: [state] }),
    ...(bounty_min && { bounty_min: Number(bounty_min) }),
    ...(bounty_max && { bounty_max: Number(bounty_max) }),
    // “Closing soon” means what is still to close.
    ...(rest.sort === "deadline" && !state && { deadline_after: thisHour() }),
    ...(Number(within) > 0 && spanOf(Number(within))),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, v]) => v !== undefined && v !== "")) as Asked;
}

/** From now on by the server's clock, to the hour: so that the same question stays the same. */
function spanOf(days: number) {
  return { deadline_after: thisHour(), deadline_before: new Date(Date.parse(thisHour()) + days * 24 * hour).toISOString() };
}

const hour = 3_600_000;
const thisHour = (): string => new Date(Math.floor((Date.now() + clockOffset()) / hour) * hour).toISOString();

/** The public list, read on by key: each page says where the next begins. */
export function useChallengeSearch(query: ChallengeQuery) {
  const found = useInfiniteQuery({
    queryKey: ["challenge.search", query],
    queryFn: async ({ pageParam, signal }) =>
      body(await client.GET("/api/v1/challenges", { params: { query: { ...askedOf(query), limit: 20, facets: !pageParam, ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const facets = found.data?.pages[0]?.facets;
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) ?? [], facets, total: facets?.total, capped: facets?.total_capped ?? false, maybe: found.data?.pages[0]?.did_you_mean ?? "" };
}
