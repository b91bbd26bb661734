import { api } from "../../client/setup";
import type { Challenge } from "../../client/views";

/** What is known of a challenge's evaluation, read where its view says one may look. */
export function useLifeFacts(c: Challenge) {
  const params = { path: { id: c.id } };
  const may = (name: string) => c.shows.includes(name);
  const board = api.useQuery("get", "/api/v1/challenges/{id}/bids", { params }, { enabled: may("bid.list") });
  const panel = api.useQuery("get", "/api/v1/challenges/{id}/panel", { params }, { enabled: may("panel.show"), retry: false });
  const given = api.useQuery("get", "/api/v1/challenges/{id}/assignments", { params }, { enabled: may("assignment.list") });
  const words = api.useQuery("get", "/api/v1/challenges/{id}/satisfaction", { params }, { enabled: may("satisfaction.show") });
  const ranking = api.useQuery("get", "/api/v1/challenges/{id}/ranking", { params }, { enabled: may("ranking.show"), retry: false });
  const objections = api.useQuery("get", "/api/v1/challenges/{id}/objections", { params }, { enabled: may("objection.list") });
  const bids = board.data?.items;
  const seats = given.data?.bids.flatMap((b) => b.experts.filter((e) => e.state !== "declined" && e.state !== "recused"));
  return {
    bids: bids?.length,
    checked: bids?.filter((b) => b.checked).length,
    drawn: !!panel.data,
    seats: seats?.length,
    accepted: seats?.filter((s) => s.state === "accepted" || s.state === "submitted").length,
    done: seats?.filter((s) => s.state === "submitted").length,
    ownerAsked: words.data?.asked,
    ownerGiven: words.data?.items.filter((w) => w.given || w.choice).length,
    ranked: !!ranking.data && !ranking.error,
    outdated: ranking.data?.outdated,
    objections: objections.data?.items.length,
    openObjections: objections.data?.items.filter((o) => o.state === "filed").length,
  };
}
