import type { Handlers } from "../../client/act";
import { client, idempotent } from "../../client/setup";

/** What may be done to a need by a click or with a written reason, by the names of its actions. */
export function needActs(id: string): Handlers {
  const params = { path: { id } };
  return {
    "need.submit": ({ key }) => client.POST("/api/v1/needs/{id}/submit", { params, headers: idempotent(key) }),
    "need.approve": ({ key, reason }) => client.POST("/api/v1/needs/{id}/approve", { params, body: { reason }, headers: idempotent(key) }),
    "need.refine": ({ key, reason }) => client.POST("/api/v1/needs/{id}/refine", { params, body: { reason }, headers: idempotent(key) }),
    "need.resume": ({ key, reason }) => client.POST("/api/v1/needs/{id}/resume", { params, body: { reason }, headers: idempotent(key) }),
    "need.park": ({ key, reason }) => client.POST("/api/v1/needs/{id}/park", { params, body: { reason }, headers: idempotent(key) }),
    "need.return": ({ key, reason }) => client.POST("/api/v1/needs/{id}/return", { params, body: { reason }, headers: idempotent(key) }),
  };
}

/** Those that ask for a written reason. */
export const needReasons = ["need.approve", "need.refine", "need.resume", "need.park", "need.return"];
