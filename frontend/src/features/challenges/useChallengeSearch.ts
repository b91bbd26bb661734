import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { paths } from "../../client/schema";
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
  deadline_after?: string;
  deadline_before?: string;
  sort?: string;
}

/** The address bar's strings in the types of the door; the server refuses what it does not know. */
export function askedOf({ state, bounty_min, bounty_max, ...rest }: ChallengeQuery): Asked {
  const asked = {
    ...rest,
    ...(state && { state: [state] }),
    ...(bounty_min && { bounty_min: Number(bounty_min) }),
    ...(bounty_max && { bounty_max: Number(bounty_max) }),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, v]) => v !== undefined && v !== "")) as Asked;
}

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
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) ?? [], facets, total: facets?.total, capped: facets?.total_capped ?? false };
}

/** Where the same list is to be had as a file. */
export function exportPath(query: ChallengeQuery, format: "csv" | "json"): string {
  const asked = new URLSearchParams();
  for (const [key, v] of Object.entries(askedOf(query))) asked.set(key, String(v));
  asked.set("format", format);
  return `/api/v1/challenges/export?${asked.toString()}`;
}
