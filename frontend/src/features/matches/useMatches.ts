import { keepPreviousData } from "@tanstack/react-query";
import { api } from "../../client/setup";

const asked = (eligible: boolean, limit: number) => ({ limit, ...(eligible && { eligible }) });

export const useTeamMatches = (id: string, eligible = false, limit = 20) =>
  api.useQuery("get", "/api/v1/teams/{id}/matches", { params: { path: { id }, query: asked(eligible, limit) } }, { placeholderData: keepPreviousData });
export const useChallengeMatches = (id: string, eligible = false, limit = 20) =>
  api.useQuery("get", "/api/v1/challenges/{id}/matches", { params: { path: { id }, query: asked(eligible, limit) } }, { placeholderData: keepPreviousData });
