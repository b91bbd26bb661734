import { useState, type ReactNode } from "react";
import type { OverviewCount } from "../../client/views";
import { Button } from "../../ui/Button";
import { useWords } from "../../ui/words";
import { Section } from "../../ui/Section";

interface Props {
  title: string;
  counts: OverviewCount[];
  /** The link or name of a value. */
  name: (count: OverviewCount) => ReactNode;
}

const first = 16;

/** How many of each, as bars beside their numbers. */
export function CountBars({ title, counts, name }: Props) {
  const words = useWords();
  const [all, setAll] = useState(false);
  const most = Math.max(1, ...counts.map((c) => c.count));
  if (counts.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="count-bars card">
        {(all ? counts : counts.slice(0, first)).map((c) => (
          <li key={c.value}>
            <span>{name(c)}</span>
            <span className="track" aria-hidden="true">
              <span style={{ width: `${(c.count / most) * 100}%` }} />
            </span>
            <strong className="number">{c.count}</strong>
          </li>
        ))}
      </ul>
      {counts.length > first && (
        <div>
          <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? words.less : `${words.more} (${counts.length})`}
          </Button>
        </div>
      )}
    </Section>
  );
}
