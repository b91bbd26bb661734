import { useMemo } from "react";
import type { Ranking } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Radar } from "../../ui/Radar";

/** The mean score of each criterion for the first bids, drawn over one another. */
export function CriteriaRadar({ ranking: r }: { ranking: Ranking }) {
  const { t, language } = useLanguage();
  const axes = useMemo(() => r.criteria.map((c) => ({ name: named(c, language), max: 100 })), [r, language]);
  const shapes = useMemo(
    () =>
      r.places
        .filter((p) => p.averages.length > 0)
        .slice(0, 3)
        .map((p) => ({
          name: `${p.passed ? p.place : "—"} ${p.team || p.bid_code}`,
          values: r.criteria.map((c) => {
            const mean = p.averages.find((a) => a.criterion === c.code);
            return mean ? Math.round((mean.points / mean.max) * 1000) / 10 : 0;
          }),
        })),
    [r],
  );
  if (axes.length < 3 || shapes.length === 0) return null;
  return <Radar label={t.ranking.radar} axes={axes} shapes={shapes} />;
}
