import type { Handlers } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Challenge } from "../../client/views";

/** From the proposal to the award, by the names of the actions; the proposal itself has a dialog. */
export function awardActs(c: Pick<Challenge, "id" | "version">): Handlers {
  const params = { path: { id: c.id } };
  return {
    "award.publicize": ({ key }) => client.POST("/api/v1/challenges/{id}/publicity", { params, headers: { ...idempotent(key), ...ifMatch(c) } }),
    "award.decide": ({ key }) => client.POST("/api/v1/challenges/{id}/award", { params, headers: { ...idempotent(key), ...ifMatch(c) } }),
    "award.retract": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/retract", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(c) } }),
  };
}

export const awardReasons = ["award.retract"];
