import { keepPreviousData } from "@tanstack/react-query";
import { api } from "../../client/setup";

/** How many pairs a list begins with, how many more it shows at a time, and at most. */
export const few = 20;
export const most = 200;

const asked = (eligible: boolean, limit: number) => ({ limit: Math.min(limit, most), ...(eligible && { eligible }) });

export const useTeamMatches = (id: string, eligible = false, limit = few) =>
  api.useQuery("get", "/api/v1/teams/{id}/matches", { params: { path: { id }, query: asked(eligible, limit) } }, { placeholderData: keepPreviousData });
export const useChallengeMatches = (id: string, eligible = false, limit = few) =>
  api.useQuery("get", "/api/v1/challenges/{id}/matches", { params: { path: { id }, query: asked(eligible, limit) } }, { placeholderData: keepPreviousData });
