import type { Handlers } from "../../client/act";
import { client, idempotent } from "../../client/setup";

/** From the ranking to the award, by the names of the actions. */
export function awardActs(challenge: string): Handlers {
  const params = { path: { id: challenge } };
  return {
    "award.shortlist": ({ key }) => client.POST("/api/v1/challenges/{id}/award/shortlist", { params, headers: idempotent(key) }),
    "award.publicize": ({ key }) => client.POST("/api/v1/challenges/{id}/award/publicize", { params, body: {}, headers: idempotent(key) }),
    "award.decide": ({ key }) => client.POST("/api/v1/challenges/{id}/award/decide", { params, headers: idempotent(key) }),
    "award.retract": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/award/retract", { params, body: { reason }, headers: idempotent(key) }),
  };
}

export const awardReasons = ["award.retract"];
