import { useWords } from "./words";

export function Loading() {
  return (
    <p className="loading" role="status">
      {useWords().loading}
    </p>
  );
}
