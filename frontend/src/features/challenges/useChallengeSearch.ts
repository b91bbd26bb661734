import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { body, client } from "../../client/setup";

/** What can be asked of the public list; also what stands in the address bar. */
export interface ChallengeQuery {
  q?: string;
  chain?: string;
  tag?: string;
  city?: string;
  type?: string;
  state?: string;
  sort?: string;
}

/** The public list, read on by key: each page says where the next begins. */
export function useChallengeSearch(query: ChallengeQuery) {
  const found = useInfiniteQuery({
    queryKey: ["challenge.search", query],
    queryFn: async ({ pageParam, signal }) => body(await client.GET("/api/v1/challenges", { params: { query: { ...query, limit: 20, ...(pageParam && { after: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
    placeholderData: keepPreviousData,
  });
  const first = found.data?.pages[0];
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) ?? [], facets: first?.facets, total: first?.total, capped: first?.total_capped ?? false };
}
