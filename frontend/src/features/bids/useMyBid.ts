import { api } from "../../client/setup";
import { asProblem } from "../../client/problem";
import { useMe } from "../../client/session";

/** My team's or unit's bid on a challenge; `none` once it is known that there is none. */
export function useMyBid(challenge: string) {
  const me = useMe();
  const mayHave = !!me && (me.teams.length > 0 || me.orgs.length > 0);
  const query = api.useQuery("get", "/api/v1/challenges/{id}/bid", { params: { path: { id: challenge } } }, { enabled: mayHave });
  const none = !mayHave || (!!query.error && asProblem(query.error).status === 404);
  return { bid: none ? undefined : query.data, none, error: none ? undefined : query.error };
}
