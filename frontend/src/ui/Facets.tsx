import { useState } from "react";
import { useWords } from "./words";

export interface FacetValue {
  value: string;
  label: string;
  count?: number;
}

interface Props {
  title: string;
  values: FacetValue[];
  chosen?: string;
  onChoose: (value: string | undefined) => void;
  /** How many stand before "more". */
  first?: number;
}

/** One facet: a list of values with counts, of which at most one is chosen. */
export function Facet({ title, values, chosen, onChoose, first = 8 }: Props) {
  const words = useWords();
  const [all, setAll] = useState(false);
  if (values.length === 0) return null;
  const shown = all ? values : values.filter((v, i) => i < first || v.value === chosen);
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      <ul>
        {shown.map((v) => (
          <li key={v.value}>
            <button type="button" aria-pressed={v.value === chosen} onClick={() => onChoose(v.value === chosen ? undefined : v.value)}>
              <span>{v.label}</span>
              {v.count !== undefined && <span className="count">{v.count}</span>}
            </button>
          </li>
        ))}
        {values.length > first && (
          <li>
            <button type="button" className="more" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? words.less : words.more}
            </button>
          </li>
        )}
      </ul>
    </fieldset>
  );
}
