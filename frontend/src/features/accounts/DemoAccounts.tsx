import { api } from "../../client/setup";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { StateTag } from "../../ui/StateTag";
import { useSignIn } from "./SignInForm";
import "./accounts.css";

/** One click signs in as somebody of the demo. Only drawn in demo mode. */
export function DemoAccounts({ done }: { done: () => void }) {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/demo/accounts", {});
  const signIn = useSignIn(done);
  return (
    <section className="card" aria-label={t.demo.accounts}>
      <h2>
        {t.demo.accounts} <span className="muted small">{t.demo.pick}</span>
      </h2>
      <ErrorNote failure={signIn.problem} />
      <Loaded query={query}>
        {({ accounts }) => (
          <ul className="demo-accounts">
            {accounts.map((a) => (
              <li key={a.login}>
                <button type="button" disabled={signIn.pending} onClick={() => void signIn.run({ login: a.login, password: a.password })}>
                  <strong>{a.name}</strong>
                  <span className="muted small">{a.note || a.login}</span>
                  <span className="row">
                    {a.roles.map((role) => (
                      <StateTag key={role} tone="ink" label={label(t.roles, role)} />
                    ))}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}
