import { api } from "../../client/setup";
import type { Challenge } from "../../client/views";

/** My team's or unit's bid on a challenge; `none` where the challenge says that there is none. */
export function useMyBid(challenge: Challenge, team?: string) {
  const first = challenge.my_bids[0];
  const none = !first;
  const ofTeam = api.useQuery("get", "/api/v1/challenges/{id}/bid", { params: { path: { id: challenge.id }, query: { team } } }, { enabled: !none && !!team });
  const only = api.useQuery("get", "/api/v1/bids/{id}", { params: { path: { id: first ?? "" } } }, { enabled: !none && !team });
  const query = team ? ofTeam : only;
  return { bid: none ? undefined : query.data, none, error: none ? undefined : query.error };
}
