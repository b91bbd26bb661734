import { useMemo } from "react";
import type { Place } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Radar } from "../../ui/Radar";

/** The mean score of each criterion for the first bids, drawn over one another. */
export function CriteriaRadar({ places }: { places: Place[] }) {
  const t = useText();
  const drawn = useMemo(() => places.filter((p) => p.passed && p.criteria?.length).slice(0, 3), [places]);
  const axes = useMemo(() => (drawn[0]?.criteria ?? []).map((c) => ({ name: label(t.parts, c.name), max: 100 })), [drawn, t]);
  const shapes = useMemo(() => drawn.map((p) => ({ name: `${p.place} ${p.team.name}`, values: p.criteria!.map((c) => c.mean) })), [drawn]);
  if (axes.length < 3) return null;
  return <Radar label={t.ranking.radar} axes={axes} shapes={shapes} />;
}
