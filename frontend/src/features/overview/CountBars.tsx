import type { ReactNode } from "react";
import type { OverviewCount } from "../../client/views";
import { Section } from "../../ui/Section";

interface Props {
  title: string;
  counts: OverviewCount[];
  /** The link or name of a value. */
  name: (count: OverviewCount) => ReactNode;
}

/** How many of each, as bars beside their numbers. */
export function CountBars({ title, counts, name }: Props) {
  const most = Math.max(1, ...counts.map((c) => c.count));
  if (counts.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="count-bars card">
        {counts.map((c) => (
          <li key={c.value}>
            <span>{name(c)}</span>
            <span className="track" aria-hidden="true">
              <span style={{ width: `${(c.count / most) * 100}%` }} />
            </span>
            <strong className="number">{c.count}</strong>
          </li>
        ))}
      </ul>
    </Section>
  );
}
