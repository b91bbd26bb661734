import { Link } from "@tanstack/react-router";
import { useMatchText } from "../../text/useMatchText";

/** To the page that says how matches are scored. */
export function FormulaLink() {
  const m = useMatchText();
  return (
    <Link to="/matches/formula" className="nowrap">
      {m.how} →
    </Link>
  );
}
