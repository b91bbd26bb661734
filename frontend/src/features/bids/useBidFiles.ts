import { api } from "../../client/setup";

/** The files of a bid, for those who may read it. */
export const useBidFiles = (bid: string) =>
  api.useQuery("get", "/api/v1/documents", { params: { query: { owner_kind: "bid", owner_id: bid } } }).data?.items ?? [];
