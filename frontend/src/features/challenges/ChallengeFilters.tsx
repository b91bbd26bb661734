import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import type { Count, Facets } from "../../client/views";
import { Facet } from "../../ui/Facets";
import { Select } from "../../ui/inputs";
import type { ChallengeQuery } from "./useChallengeSearch";

interface Props {
  facets?: Facets;
  query: ChallengeQuery;
  onChange: (part: ChallengeQuery) => void;
}

const wan = 1_000_000; // fen in 万元
const steps = [100, 200, 500, 1000, 2000, 5000];
const spans = [7, 14, 30];

/** The facets of the public list, with the counts the server gives, and the ranges. */
export function ChallengeFilters({ facets, query, onChange }: Props) {
  const { t, language } = useLanguage();
  if (!facets) return null;
  const values = (key: "state" | "chain" | "tag" | "city" | "type" | "competition", table?: Record<string, string>) =>
    facets[key].map((f: Count) => ({ value: f.value, count: f.count, label: table ? label(table, f.value) : named(f, language) }));
  const money = steps.map((n) => ({ value: String(n * wan), label: t.ui.money(n * wan) }));
  return (
    <div className="facets">
      <Facet title={t.list.state} values={values("state", t.states.challenge)} chosen={query.state} onChoose={(state) => onChange({ state })} />
      <Facet title={t.list.chain} values={values("chain")} chosen={query.chain} onChoose={(chain) => onChange({ chain })} />
      <Facet title={t.list.tag} values={values("tag")} chosen={query.tag} onChoose={(tag) => onChange({ tag })} />
      <Facet title={t.list.city} values={values("city")} chosen={query.city} onChoose={(city) => onChange({ city })} first={5} />
      <Facet title={t.list.type} values={values("type", t.enums.type)} chosen={query.type} onChoose={(type) => onChange({ type })} />
      <Facet title={t.list.competition} values={values("competition", t.enums.competition_mode)} chosen={query.competition} onChoose={(competition) => onChange({ competition })} />
      <div className="stack tight">
        <Select label={`${t.list.bounty} ${t.list.bountyMin}`} empty={t.ui.all} value={query.bounty_min ?? ""} onChange={(v) => onChange({ bounty_min: v || undefined })} choices={money} />
        <Select label={`${t.list.bounty} ${t.list.bountyMax}`} empty={t.ui.all} value={query.bounty_max ?? ""} onChange={(v) => onChange({ bounty_max: v || undefined })} choices={money} />
        <Select label={t.list.deadlineIn} empty={t.ui.all} value={query.within ?? ""} onChange={(v) => onChange({ within: v || undefined })} choices={spans.map((n) => ({ value: String(n), label: t.list.within(n) }))} />
      </div>
    </div>
  );
}
