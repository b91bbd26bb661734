import type { Problem } from "../client/problem";
import { useText } from "./text";

/** The words for what is wrong with one field, if the server said so. */
export function useErrors(problem: Problem | undefined): (path: string) => string | undefined {
  const t = useText();
  return (path) => {
    const found = problem?.fields.find((f) => f.path === path || f.path.startsWith(`${path}[`) || f.path.startsWith(`${path}.`));
    return found && (t.problems[found.code] ?? found.message);
  };
}
