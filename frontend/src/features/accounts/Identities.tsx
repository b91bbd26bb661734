import { useAct } from "../../client/act";
import { client } from "../../client/setup";
import type { Factors } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Time } from "../../ui/Time";

/** Accounts at another server by which this person signs in. */
export function Identities({ factors }: { factors: Factors }) {
  const t = useText();
  const end = useAct((identity: string) => client.DELETE("/api/v1/account/identities/{identity}", { params: { path: { identity } } }));
  if (factors.identities.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>{t.people.identities}</h3>
      <ul className="plain-list">
        {factors.identities.map((i) => (
          <li key={i.id} className="row">
            <span className="mono">{i.issuer}</span>
            <span>{i.email}</span>
            <span className="muted small">
              <Time at={i.created_at} day />
            </span>
            <Button small look="quiet" busy={end.pending} onClick={() => void end.run(i.id)}>
              {t.actions["account.unlink"]}
            </Button>
          </li>
        ))}
      </ul>
      <ErrorNote failure={end.problem} />
    </div>
  );
}
