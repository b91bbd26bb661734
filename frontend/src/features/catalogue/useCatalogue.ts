import { api } from "../../client/setup";
import type { Term } from "../../client/views";

type Kind = "chain" | "domain" | "capability" | "trl";

/** The words of one catalogue, as it is valid now. */
export function useTerms(kind: Kind): Term[] {
  return api.useQuery("get", "/api/v1/vocabulary/{kind}", { params: { path: { kind } } }, { staleTime: 10 * 60_000 }).data?.terms ?? [];
}
