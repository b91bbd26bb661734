import type { ReactNode } from "react";
import { api } from "../../client/setup";
import type { WaitingItem } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { Due } from "./Due";
import "./overview.css";

/** What waits in the office by what it waits for; what should have been done by now is marked. */
export function OfficeGroups({ link }: { link: (item: WaitingItem) => ReactNode }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/overview/office", {});
  return (
    <Loaded query={query}>
      {({ items }) => {
        const groups = items.filter((g) => g.count > 0);
        if (!groups.length) return <Empty title={t.office.calm} />;
        return (
          <div className="office-groups">
            {groups.map((g) => (
              <section key={g.kind} className="card stack tight" aria-label={label(t.office.groups, g.kind)}>
                <div className="row spread">
                  <h2>{label(t.office.groups, g.kind)}</h2>
                  <span className="row">
                    {g.overdue > 0 && <StateTag tone="bad" label={t.office.overdue(g.overdue)} />}
                    <strong className="number">{g.capped ? `${g.count}+` : g.count}</strong>
                  </span>
                </div>
                <ul className="plain-list small">
                  {g.items.slice(0, 5).map((w, i) => (
                    <li key={w.thing || i}>
                      {link(w)} {w.due && <Due at={w.due} />}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}
