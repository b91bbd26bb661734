import type { Handlers } from "../../client/act";
import { client, idempotent } from "../../client/setup";

export function rankingActs(challenge: string): Handlers {
  return {
    "ranking.compute": ({ key }) => client.POST("/api/v1/challenges/{id}/ranking", { params: { path: { id: challenge } }, headers: idempotent(key) }),
  };
}
