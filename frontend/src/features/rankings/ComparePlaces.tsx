import { useState } from "react";
import { api } from "../../client/setup";
import type { Ranking } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { Select } from "../../ui/inputs";
import { SumTree } from "../../ui/SumTree";
import { useWordsOf } from "./PlaceList";

/** Why one place stands before another: the lead, part by part. */
export function ComparePlaces({ challenge, ranking: r }: { challenge: string; ranking: Ranking }) {
  const t = useText();
  const words = useWordsOf(r);
  const [a, setA] = useState(r.places[0]?.bid_code ?? "");
  const [b, setB] = useState(r.places[1]?.bid_code ?? "");
  const query = api.useQuery("get", "/api/v1/challenges/{id}/ranking/compare", { params: { path: { id: challenge }, query: { a, b } } }, { enabled: !!a && !!b && a !== b });
  const choices = r.places.map((p) => ({ value: p.bid_code, label: `${p.passed ? t.ranking.placeNo(p.place) : t.ranking.out} · ${p.team || p.bid_code}` }));
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
              <p>
                {c.difference.value < 0
                  ? t.ranking.lead(c.b.team || c.b.bid_code, c.a.team || c.a.bid_code, (-c.difference.value).toFixed(2))
                  : t.ranking.lead(c.a.team || c.a.bid_code, c.b.team || c.b.bid_code, c.difference.value.toFixed(2))}
              </p>
              {c.tie && <p className="note">{label(t.ranking.ties, c.tie)}</p>}
              <SumTree sum={c.difference} words={words} digits={2} open={2} />
            </div>
          )}
        </Loaded>
      )}
    </div>
  );
}
