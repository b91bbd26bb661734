import { useState } from "react";
import { useAct } from "../../client/act";
import { session } from "../../client/session";
import { body, client } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";

/** Sign in; shared by the form and the picker of demo accounts. */
export function useSignIn(done: () => void) {
  return useAct(async (by: { login: string; password: string; code?: string }) => session.start(body(await client.POST("/api/v1/session", { body: by }))), done);
}

export function SignInForm({ done }: { done: () => void }) {
  const t = useText();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [second, setSecond] = useState(false);
  const signIn = useSignIn(done);
  if (signIn.problem?.code === "account.second_factor_needed" && !second) setSecond(true);
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void signIn.run({ login: login.trim(), password, ...(second && code && { code }) });
      }}
    >
      <TextInput label={t.signIn.login} value={login} onChange={setLogin} autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      <TextInput label={t.signIn.password} type="password" value={password} onChange={setPassword} autoComplete="current-password" required />
      {second && <TextInput label={t.factor.code} hint={t.factor.codeHint} value={code} onChange={setCode} autoComplete="one-time-code" autoFocus required />}
      <ErrorNote failure={signIn.problem} />
      <Button type="submit" look="main" busy={signIn.pending}>
        {t.signIn.go}
      </Button>
    </form>
  );
}
