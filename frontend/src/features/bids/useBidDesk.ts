import { useInfiniteQuery } from "@tanstack/react-query";
import { body, client } from "../../client/setup";

/** The bids of one's teams and institutions; `awaiting` keeps those that wait for this person. */
export function useBidDesk(awaiting?: boolean) {
  const found = useInfiniteQuery({
    queryKey: ["bid.desk", awaiting ?? false],
    queryFn: async ({ pageParam, signal }) => body(await client.GET("/api/v1/desk/bids", { params: { query: { limit: 30, ...(awaiting && { awaiting }), ...(pageParam && { cursor: pageParam }) } }, signal })),
    initialPageParam: "",
    getNextPageParam: (last) => last.next || undefined,
  });
  return { ...found, items: found.data?.pages.flatMap((page) => page.items) ?? [] };
}
