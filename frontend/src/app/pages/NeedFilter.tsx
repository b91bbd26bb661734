import { useState } from "react";
import type { paths } from "../../client/schema";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { named, stateLabel } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Button } from "../../ui/Button";
import { Select, TextInput } from "../../ui/inputs";

type Asked = NonNullable<paths["/api/v1/desk/needs"]["get"]["parameters"]["query"]>;

/** How a list of needs is narrowed; it stands in the URL. */
export type NeedQuery = Pick<Asked, "q" | "chain" | "state" | "sort">;

export function NeedFilter({ query, states, onChange }: { query: NeedQuery; states: string[]; onChange: (next: NeedQuery) => void }) {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  const chains = useTerms("chain");
  const [q, setQ] = useState(query.q ?? "");
  return (
    <form
      role="search"
      className="form-grid"
      onSubmit={(e) => {
        e.preventDefault();
        onChange({ ...query, q: q.trim() || undefined });
      }}
    >
      <div className="row" style={{ alignItems: "end", flexWrap: "nowrap" }}>
        <TextInput label={p.search} type="search" value={q} onChange={setQ} />
        <Button type="submit">{t.list.searchGo}</Button>
      </div>
      <Select label={p.state} empty={t.ui.all} value={query.state ?? ""} onChange={(v) => onChange({ ...query, state: (v || undefined) as NeedQuery["state"] })} choices={states.map((value) => ({ value, label: stateLabel(t, "need", value) }))} />
      <Select label={p.chain} empty={t.ui.all} value={query.chain ?? ""} onChange={(v) => onChange({ ...query, chain: v || undefined })} choices={chains.map((c) => ({ value: c.code, label: named(c, language) }))} />
      <Select label={p.sort} value={query.sort ?? "newest"} onChange={(v) => onChange({ ...query, sort: v as NeedQuery["sort"] })} choices={(["newest", "quality"] as const).map((value) => ({ value, label: t.needs.choices[value]! }))} />
    </form>
  );
}
