import { useState } from "react";
import { useAct } from "../../client/act";
import { session } from "../../client/session";
import { api, body, client } from "../../client/setup";
import { useLanguage, useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";

/** Ask for a link to a new password; the answer is the same for every login. */
export function ForgotForm() {
  const t = useText();
  const [login, setLogin] = useState("");
  const [asked, setAsked] = useState(false);
  const ask = useAct(
    () => client.POST("/api/v1/password-reset", { body: { login: login.trim() } }),
    () => setAsked(true),
  );
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void ask.run();
      }}
    >
      <TextInput label={t.signIn.login} required autoComplete="username" value={login} onChange={setLogin} />
      <ErrorNote failure={ask.problem} />
      {asked && (
        <p className="note good" role="status">
          {t.factor.forgotHint}
        </p>
      )}
      <Button type="submit" look="main" busy={ask.pending}>
        {t.factor.ask}
      </Button>
    </form>
  );
}

/** Set a new password by the link of a letter. */
export function ResetForm({ token }: { token: string }) {
  const t = useText();
  const [password, setPassword] = useState("");
  const [done, setDone] = useState(false);
  const reset = useAct(
    () => client.POST("/api/v1/password-reset/finish", { body: { token, password } }),
    () => setDone(true),
  );
  const error = useErrors(reset.problem);
  if (done)
    return (
      <p className="note good" role="status">
        {t.factor.done}
      </p>
    );
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void reset.run();
      }}
    >
      <TextInput label={t.account.newPassword} hint={t.enter.passwordHint} type="password" required minLength={12} autoComplete="new-password" value={password} onChange={setPassword} error={error("password")} />
      <ErrorNote failure={reset.problem} />
      <Button type="submit" look="main" busy={reset.pending}>
        {t.ui.confirm}
      </Button>
    </form>
  );
}

/** Make the account of an invitation, and go in with it. */
export function JoinForm({ token, done }: { token: string; done: () => void }) {
  const { t, language } = useLanguage();
  const [by, setBy] = useState({ login: "", name: "", password: "" });
  const query = api.useQuery("post", "/api/v1/signups/look", { body: { token } });
  const accept = useAct(async () => {
    const login = by.login.trim();
    await client.POST("/api/v1/signups/accept", { body: { ...by, login, token, locale: language === "zh" ? "zh-CN" : "en" } });
    session.start(body(await client.POST("/api/v1/session", { body: { login, password: by.password } })));
  }, done);
  const error = useErrors(accept.problem);
  return (
    <Loaded query={query}>
      {(to) => (
        <form
          className="form card"
          onSubmit={(e) => {
            e.preventDefault();
            void accept.run();
          }}
        >
          <p>
            {t.factor.joinLead(to.org_name || t.factor.platform, to.invited_by)} <span className="muted small">{to.email}</span>
          </p>
          <TextInput label={t.enter.login} hint={t.enter.loginHint} required minLength={3} autoComplete="username" value={by.login} onChange={(login) => setBy({ ...by, login })} error={error("login")} />
          <TextInput label={t.enter.name} required autoComplete="name" value={by.name} onChange={(name) => setBy({ ...by, name })} error={error("name")} />
          <TextInput label={t.enter.password} hint={t.enter.passwordHint} required type="password" minLength={12} autoComplete="new-password" value={by.password} onChange={(password) => setBy({ ...by, password })} error={error("password")} />
          <ErrorNote failure={accept.problem} />
          <Button type="submit" look="main" busy={accept.pending}>
            {t.factor.join}
          </Button>
        </form>
      )}
    </Loaded>
  );
}
