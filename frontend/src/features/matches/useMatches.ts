import { api } from "../../client/setup";

export const useTeamMatches = (id: string) => api.useQuery("get", "/api/v1/teams/{id}/matches", { params: { path: { id } } });
export const useChallengeMatches = (id: string) => api.useQuery("get", "/api/v1/challenges/{id}/matches", { params: { path: { id } } });
