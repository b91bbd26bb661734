import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { body, client } from "../../client/setup";
import type { Term } from "../../client/views";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Loaded } from "../../ui/Loaded";

/** How many teams could answer, and what each condition costs. */
export function NeedForecast({ need, version, capabilities }: { need: string; version: number; capabilities: Term[] }) {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  // Asked anew for each version that the server has kept.
  const query = useQuery({
    queryKey: ["need.forecast", need, version],
    queryFn: async ({ signal }) => body(await client.GET("/api/v1/needs/{id}/forecast", { params: { path: { id: need } }, signal })),
    placeholderData: keepPreviousData,
  });
  const nameOf = (code: string) => {
    const found = capabilities.find((c) => c.code === code);
    return found ? named(found, language) : code;
  };
  return (
    <section className="card stack tight" aria-label={p.forecast}>
      <h2>{p.forecast}</h2>
      <Loaded query={query}>
        {(f) => (
          <>
            <p>{p.forecastLead(f.all, f.teams)}</p>
            <ul className="plain-list small stack tight">
              {f.conditions.map((c) => (
                <li key={c.path}>
                  <span className="row spread">
                    <span>{c.kind === "capability" ? `${nameOf(c.tag)} ≥ ${p.level(c.level)}` : t.needs.choices[c.kind]}</span>
                    <span className="number">
                      {p.excludes(c.excludes)}
                      {c.only > 0 && <span className="muted"> · {p.only(c.only)}</span>}
                    </span>
                  </span>
                  <meter min={0} max={Math.max(1, f.teams)} value={c.pass} style={{ width: "100%" }} aria-label={t.needs.teams} />
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </section>
  );
}
