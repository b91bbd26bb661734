import { useEffect, useRef, useState } from "react";
import { useAct } from "../../client/act";
import { passkeysHere } from "../../client/passkey";
import { session } from "../../client/session";
import { body, client } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";
import { provePasskey } from "./passkeyAsked";

const kept = "jiebang.oidc";

interface Props {
  passkeys: boolean;
  /** What the other server is called; empty where there is none. */
  oidc: string;
  /** Where to go on to after the way over the other server. */
  to: string;
  done: () => void;
}

/** Ways in beside the password: a passkey, or another server's account where one is set up. */
export function OtherWays({ passkeys, oidc, to, done }: Props) {
  const t = useText();
  const byKey = useAct(async () => session.start(body(await client.POST("/api/v1/session/passkey", { body: await provePasskey() }))), done);
  const away = useAct(async () => {
    const asked = body(await client.POST("/api/v1/session/oidc/begin", {}));
    sessionStorage.setItem(kept, JSON.stringify({ ceremony: asked.ceremony, to }));
    location.assign(asked.url);
  });
  const key = passkeys && passkeysHere();
  if (!key && !oidc) return null;
  return (
    <div className="stack tight">
      <p className="or muted small">{t.factor.or}</p>
      {key && (
        <Button busy={byKey.pending} onClick={() => void byKey.run()}>
          {t.actions["account.passkey_sign_in"]}
        </Button>
      )}
      {oidc && (
        <Button busy={away.pending} onClick={() => void away.run()}>
          {t.factor.by(oidc)}
        </Button>
      )}
      <ErrorNote failure={byKey.problem ?? away.problem} />
    </div>
  );
}

interface Journey {
  ceremony: string;
  to: string;
}

/** What was kept before this person was sent to the other server. */
function journey(): Journey | undefined {
  try {
    const j = JSON.parse(sessionStorage.getItem(kept) ?? "") as Journey;
    return j.ceremony ? j : undefined;
  } catch {
    return undefined;
  }
}

/** The way back from the other server: in at once, or after the second factor or the account to link. */
export function OidcReturn({ state, code, done }: { state: string; code: string; done: (to: string) => void }) {
  const t = useText();
  const [trip] = useState(journey);
  const [by, setBy] = useState({ login: "", password: "", second_factor: "" });
  const [asks, setAsks] = useState<{ link: boolean; second: boolean }>({ link: false, second: false });
  const finish = useAct(
    async () => {
      const given = { ...(asks.link && { login: by.login.trim(), password: by.password }), ...(asks.second && by.second_factor && { second_factor: by.second_factor }) };
      session.start(body(await client.POST("/api/v1/session/oidc", { body: { ceremony: trip?.ceremony ?? "", state, code, ...given } })));
      sessionStorage.removeItem(kept);
    },
    () => done(trip?.to ?? ""),
  );
  const begun = useRef(false);
  useEffect(() => {
    if (!trip || begun.current) return;
    begun.current = true; // the other server's code is good once
    void finish.run();
  }, [trip, finish]);
  const needs = finish.problem?.code;
  if (needs === "account.link_needed" && !asks.link) setAsks({ ...asks, link: true });
  if (needs === "account.second_factor_needed" && !asks.second) setAsks({ ...asks, second: true });
  if (!trip) return <p className="note bad" role="alert">{t.factor.noJourney}</p>;
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void finish.run();
      }}
    >
      {finish.pending && <p role="status">{t.factor.asking}</p>}
      {asks.link && (
        <>
          <p>{t.factor.linkLead}</p>
          <TextInput label={t.signIn.login} required autoComplete="username" autoCapitalize="none" spellCheck={false} value={by.login} onChange={(login) => setBy({ ...by, login })} />
          <TextInput label={t.signIn.password} required type="password" autoComplete="current-password" value={by.password} onChange={(password) => setBy({ ...by, password })} />
        </>
      )}
      {asks.second && <TextInput label={t.factor.code} hint={t.factor.codeHint} required autoComplete="one-time-code" value={by.second_factor} onChange={(second_factor) => setBy({ ...by, second_factor })} />}
      {needs !== "account.link_needed" && needs !== "account.second_factor_needed" && <ErrorNote failure={finish.problem} />}
      {(asks.link || asks.second) && (
        <Button type="submit" look="main" busy={finish.pending}>
          {t.signIn.go}
        </Button>
      )}
    </form>
  );
}
