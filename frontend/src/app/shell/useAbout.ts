import { useEffect } from "react";
import { learnExactly } from "../../client/clock";
import { api } from "../../client/setup";

/** What this server says of itself; also sets the clock by it. */
export function useAbout() {
  const about = api.useQuery("get", "/api/v1/about", {}, { staleTime: Infinity });
  const { data, dataUpdatedAt } = about;
  useEffect(() => {
    if (data) learnExactly(data.now, dataUpdatedAt);
  }, [data, dataUpdatedAt]);
  return data;
}
