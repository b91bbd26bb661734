import { api } from "../../client/setup";
import { FormulaView } from "../../features/matches/FormulaView";
import { useMatchText } from "../../text/useMatchText";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";

/** How matches are scored: policy, open to everybody. */
export default function FormulaPage() {
  const m = useMatchText();
  const query = api.useQuery("get", "/api/v1/matches/formula", {});
  return (
    <div className="stack loose">
      <PageHead title={m.formula.title} lead={m.formula.lead} />
      <Loaded query={query}>{(formula) => <FormulaView formula={formula} />}</Loaded>
    </div>
  );
}
