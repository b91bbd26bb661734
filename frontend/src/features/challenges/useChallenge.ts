import { api } from "../../client/setup";

export const useChallenge = (id: string) => api.useQuery("get", "/api/v1/challenges/{id}", { params: { path: { id } } });
