import type { ReactNode } from "react";
import { ErrorNote } from "./ErrorNote";
import { Loading } from "./Loading";

interface Query<T> {
  data: T | undefined;
  error: unknown;
}

/** What a read is in: waiting, failed, or here. Old data stay while new are fetched. */
export function Loaded<T>({ query, children }: { query: Query<T>; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorNote failure={query.error} />;
  return <Loading />;
}
