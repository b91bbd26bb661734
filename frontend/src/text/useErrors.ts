import { faultText } from "./problem";
import { useText } from "./text";

interface Told {
  fields: { path: string; code: string; message: string }[];
}

/** The words for what is wrong with one field, if the server said so. */
export function useErrors(problem: Told | undefined): (path: string) => string | undefined {
  const t = useText();
  return (path) => {
    const found = problem?.fields.find((f) => f.path === path || f.path.startsWith(`${path}[`) || f.path.startsWith(`${path}.`));
    return found && faultText(t, found);
  };
}
