import { useMemo } from "react";
import { api } from "../../client/setup";
import type { Term } from "../../client/views";

const none: Term[] = [];

type Kind = "chain" | "domain" | "capability" | "trl";

/** The words of one catalogue that can be chosen now. */
export function useTerms(kind: Kind): Term[] {
  const all = useAllTerms(kind);
  return useMemo(() => all.filter((x) => !x.merged_into), [all]);
}

/** The words of one catalogue, as it is valid now, with those that were merged away. */
export function useAllTerms(kind: Kind): Term[] {
  return api.useQuery("get", "/api/v1/vocabulary/{kind}", { params: { path: { kind } } }, { staleTime: 10 * 60_000 }).data?.terms ?? none;
}
