import { useState } from "react";
import { useAct } from "../../client/act";
import { session } from "../../client/session";
import { body, client, idempotent } from "../../client/setup";
import { useLanguage } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";

interface Props {
  /** The first account of a new platform, or one like any other. */
  first?: boolean;
  done: () => void;
}

/** A new account; whoever made it is signed in by it at once. */
export function RegisterForm({ first, done }: Props) {
  const { t, language } = useLanguage();
  const [by, setBy] = useState({ login: "", name: "", password: "", email: "", mobile: "" });
  const [again, setAgain] = useState("");
  const set = (part: Partial<typeof by>) => setBy({ ...by, ...part });
  const register = useAct(async (_: void, key) => {
    const { email, mobile, ...needed } = by;
    const given = { ...needed, login: by.login.trim(), name: by.name.trim(), locale: language === "zh" ? ("zh-CN" as const) : ("en" as const), ...(email && { email }), ...(mobile && { mobile }) };
    if (first) await client.POST("/api/v1/set-up", { body: given, headers: idempotent(key) });
    else await client.POST("/api/v1/accounts", { body: given, headers: idempotent(key) });
    session.start(body(await client.POST("/api/v1/session", { body: { login: given.login, password: by.password } })));
  }, done);
  const error = useErrors(register.problem);
  const differs = again !== "" && again !== by.password;
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        if (!differs) void register.run();
      }}
    >
      <TextInput label={t.enter.login} hint={t.enter.loginHint} required minLength={3} maxLength={64} autoComplete="username" autoCapitalize="none" spellCheck={false} value={by.login} onChange={(login) => set({ login })} error={error("login")} />
      <TextInput label={t.enter.name} required autoComplete="name" value={by.name} onChange={(name) => set({ name })} error={error("name")} />
      <TextInput label={t.enter.password} hint={t.enter.passwordHint} required type="password" minLength={12} autoComplete="new-password" value={by.password} onChange={(password) => set({ password })} error={error("password")} />
      <TextInput label={t.enter.again} required type="password" autoComplete="new-password" value={again} onChange={setAgain} error={differs ? t.enter.differs : undefined} />
      <TextInput label={t.enter.email} type="email" autoComplete="email" value={by.email} onChange={(email) => set({ email })} error={error("email")} />
      <TextInput label={t.enter.mobile} type="tel" autoComplete="tel" value={by.mobile} onChange={(mobile) => set({ mobile })} error={error("mobile")} />
      <ErrorNote failure={register.problem} />
      <Button type="submit" look="main" busy={register.pending} disabled={differs}>
        {first ? t.enter.setUpGo : t.enter.go}
      </Button>
    </form>
  );
}
