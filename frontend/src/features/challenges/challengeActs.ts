import type { Handlers } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Challenge, PublishInput } from "../../client/views";

/** What may be done to a challenge as a whole, by the names of its actions; publishing needs its dates and batch. */
export function challengeActs(c: Pick<Challenge, "id">, publish?: PublishInput): Handlers {
  const params = { path: { id: c.id } };
  return {
    "challenge.submit": ({ key }) => client.POST("/api/v1/challenges/{id}/submit", { params, headers: idempotent(key) }),
    "challenge.recommend": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/recommend", { params, body: { opinion: reason }, headers: idempotent(key) }),
    "challenge.approve": ({ key }) => client.POST("/api/v1/challenges/{id}/approve", { params, body: {}, headers: idempotent(key) }),
    ...(publish && { "challenge.publish": ({ key }) => client.POST("/api/v1/challenges/{id}/publish", { params, body: publish, headers: idempotent(key) }) }),
    "challenge.close": ({ key }) => client.POST("/api/v1/challenges/{id}/close", { params, headers: idempotent(key) }),
    "challenge.open": ({ key }) => client.POST("/api/v1/challenges/{id}/open", { params, headers: idempotent(key) }),
    "challenge.return": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/return", { params, body: { reason }, headers: idempotent(key) }),
    "challenge.fail": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/fail", { params, body: { reason }, headers: idempotent(key) }),
    "challenge.withdraw": ({ key, reason }) => client.POST("/api/v1/challenges/{id}/withdraw", { params, body: { reason }, headers: idempotent(key) }),
  } satisfies Handlers as Handlers;
}

/** Those that ask for a written reason. */
export const challengeReasons = ["challenge.recommend", "challenge.return", "challenge.fail", "challenge.withdraw"];
