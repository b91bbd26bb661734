import { api } from "../../client/setup";

/** Chains, domain tags and capability tags of the catalogues valid now. */
export const useCatalogue = () => api.useQuery("get", "/api/v1/catalogue", {}, { staleTime: 10 * 60_000 });
