import type { Handlers } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Bid, Receipt } from "../../client/views";

interface Hooks {
  /** Called with the receipt of a submission. */
  submitted?: (receipt: Receipt) => void;
  /** What must be with the server before anything is done to the bid. */
  before?: () => Promise<unknown>;
}

/** What may be done to a bid, by the names of its actions. */
export function bidActs(bid: Pick<Bid, "id" | "version" | "digest">, { submitted, before }: Hooks = {}): Handlers {
  const params = { path: { id: bid.id } };
  return {
    "bid.submit": async ({ key }) => {
      await before?.();
      const { data } = await client.POST("/api/v1/bids/{id}/submit", { params, headers: { ...idempotent(key) } });
      if (data) submitted?.(data);
    },
    "bid.request": async ({ key }) => {
      await before?.();
      await client.POST("/api/v1/bids/{id}/request", { params, headers: idempotent(key) });
    },
    "bid.endorse": ({ key }) => client.POST("/api/v1/bids/{id}/endorse", { params, body: { digest: bid.digest }, headers: { ...idempotent(key), ...ifMatch(bid) } }),
    "bid.refuse": ({ key, reason }) => client.POST("/api/v1/bids/{id}/refuse", { params, body: { reason }, headers: idempotent(key) }),
    "bid.withdraw": ({ key }) => client.POST("/api/v1/bids/{id}/withdraw", { params, body: {}, headers: idempotent(key) }),
  };
}

export const bidReasons = ["bid.refuse"];
