import type { Count, Facets } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Facet } from "../../ui/Facets";
import type { ChallengeQuery } from "./useChallengeSearch";

interface Props {
  facets?: Facets;
  query: ChallengeQuery;
  onChange: (part: ChallengeQuery) => void;
}

/** The facets of the public list, with the counts the server gives. */
export function ChallengeFilters({ facets, query, onChange }: Props) {
  const { t, language } = useLanguage();
  if (!facets) return null;
  const values = (key: "state" | "chain" | "tag" | "city" | "type" | "competition", table?: Record<string, string>) =>
    facets[key].map((f: Count) => ({ value: f.value, count: f.count, label: table ? label(table, f.value) : named(f, language) }));
  return (
    <div className="facets">
      <Facet title={t.list.state} values={values("state", t.states.challenge)} chosen={query.state} onChoose={(state) => onChange({ state })} />
      <Facet title={t.list.chain} values={values("chain")} chosen={query.chain} onChoose={(chain) => onChange({ chain })} />
      <Facet title={t.list.tag} values={values("tag")} chosen={query.tag} onChoose={(tag) => onChange({ tag })} />
      <Facet title={t.list.city} values={values("city")} chosen={query.city} onChoose={(city) => onChange({ city })} first={5} />
      <Facet title={t.list.type} values={values("type", t.enums.type)} chosen={query.type} onChoose={(type) => onChange({ type })} />
    </div>
  );
}
