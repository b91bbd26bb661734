import { useState } from "react";
import { api } from "../../client/setup";
import type { Place } from "../../client/views";
import { partWords } from "../../text/parts";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { Select } from "../../ui/inputs";
import { SumTree } from "../../ui/SumTree";

/** Why one place stands before another: the lead, part by part. */
export function ComparePlaces({ challenge, places }: { challenge: string; places: Place[] }) {
  const t = useText();
  const [a, setA] = useState(places[0]?.bid.id ?? "");
  const [b, setB] = useState(places[1]?.bid.id ?? "");
  const query = api.useQuery("get", "/api/v1/challenges/{id}/ranking/compare", { params: { path: { id: challenge }, query: { a, b } } }, { enabled: !!a && !!b && a !== b });
  const choices = places.map((p) => ({ value: p.bid.id, label: `${p.passed ? t.ranking.placeNo(p.place) : t.ranking.out} · ${p.team.name}` }));
  return (
    <div className="stack">
      <div className="form-grid">
        <Select label={t.ranking.a} value={a} onChange={setA} choices={choices} />
        <Select label={t.ranking.b} value={b} onChange={setB} choices={choices} />
      </div>
      {a && b && a !== b && (
        <Loaded query={query}>
          {(c) => (
            <div className="card stack">
              <p>{t.ranking.lead(c.a.team.name, c.b.team.name, c.lead.value.toFixed(2))}</p>
              <SumTree sum={c.lead} words={partWords(t)} digits={2} open={2} />
            </div>
          )}
        </Loaded>
      )}
    </div>
  );
}
