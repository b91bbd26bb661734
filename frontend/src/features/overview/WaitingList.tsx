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

/** What awaits the person who is signed in, by what is to be done. */
export function WaitingList({ link }: { link: (item: WaitingItem, action: string) => ReactNode }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/overview/desk", {});
  return (
    <Loaded query={query}>
      {({ items }) => {
        const groups = items.filter((g) => g.count > 0);
        if (!groups.length) return <Empty title={t.workbench.none} />;
        return (
          <div className="office-groups">
            {groups.map((g) => (
              <section key={g.kind} className="card stack tight" aria-label={label(t.actions, g.kind)}>
                <div className="row spread">
                  <h3>{label(t.actions, g.kind)}</h3>
                  <span className="row">
                    {g.overdue > 0 && <StateTag tone="bad" label={t.office.overdue(g.overdue)} />}
                    <strong className="number">{g.capped ? `${g.count}+` : g.count}</strong>
                  </span>
                </div>
                <ul className="plain-list small">
                  {g.items.map((w, i) => (
                    <li key={w.thing || i}>
                      {link(w, g.kind)} {w.due && <Due at={w.due} />}
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
