import { useState } from "react";
import { api } from "../../client/setup";
import type { DemoAccount } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { useSignIn } from "./SignInForm";
import "./accounts.css";

const order = ["officer", "operator", "auditor", "leader", "team_lead", "institution", "expert"];
const first = 12;

/** One click signs in as somebody of the demo, by role. Only drawn in demo mode. */
export function DemoAccounts({ done }: { done: () => void }) {
  const t = useText();
  const [word, setWord] = useState("");
  const query = api.useQuery("get", "/api/v1/demo/accounts", {});
  const signIn = useSignIn(done);
  return (
    <section className="card stack" aria-label={t.demo.accounts}>
      <div className="row spread">
        <h2>
          {t.demo.accounts} <span className="muted small">{t.demo.pick}</span>
        </h2>
        <input className="input demo-search" type="search" aria-label={t.enter.search} placeholder={t.enter.search} value={word} onChange={(e) => setWord(e.target.value)} />
      </div>
      <ErrorNote failure={signIn.problem} />
      <Loaded query={query}>
        {({ accounts }) => {
          const found = accounts.filter((a) => `${a.login} ${a.name}`.toLowerCase().includes(word.trim().toLowerCase()));
          const roles = [...new Set([...order, ...found.map((a) => a.roles[0] ?? "")])];
          return (
            <>
              {roles.map((role) => (
                <Role key={role} role={role} accounts={found.filter((a) => (a.roles[0] ?? "") === role)} busy={signIn.pending} onPick={(a) => void signIn.run({ login: a.login, password: a.password })} />
              ))}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

interface Props {
  role: string;
  accounts: DemoAccount[];
  busy: boolean;
  onPick: (a: DemoAccount) => void;
}

function Role({ role, accounts, busy, onPick }: Props) {
  const t = useText();
  const [all, setAll] = useState(false);
  if (accounts.length === 0) return null;
  const same = accounts.every((a) => a.note === accounts[0]!.note);
  return (
    <section className="stack tight">
      <h3>
        {label(t.roles, role)} {same && <span className="muted small">{accounts[0]!.note}</span>}
      </h3>
      <ul className="demo-accounts">
        {(all ? accounts : accounts.slice(0, first)).map((a) => (
          <li key={a.login}>
            <button type="button" disabled={busy} onClick={() => onPick(a)}>
              <strong>{a.name}</strong>
              <span className="muted small">
                <span className="mono">{a.login}</span>
                {!same && a.note && ` · ${a.note}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {accounts.length > first && (
        <button type="button" className="link small" onClick={() => setAll(!all)}>
          {all ? t.ui.less : `${t.ui.more} (${accounts.length})`}
        </button>
      )}
    </section>
  );
}
