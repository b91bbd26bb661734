import { useState } from "react";
import { useAct } from "../../client/act";
import { client } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";

export function PasswordForm() {
  const t = useText();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [done, setDone] = useState(false);
  const change = useAct(
    () => client.POST("/api/v1/account/password", { body: { old_password: old, new_password: next } }),
    () => {
      setDone(true);
      setOld("");
      setNext("");
    },
  );
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        setDone(false);
        void change.run();
      }}
    >
      <h2>{t.actions["account.change_password"]}</h2>
      <TextInput label={t.account.oldPassword} type="password" autoComplete="current-password" required value={old} onChange={setOld} />
      <TextInput label={t.account.newPassword} type="password" autoComplete="new-password" required minLength={12} value={next} onChange={setNext} />
      <ErrorNote failure={change.problem} />
      {done && (
        <p className="note good" role="status">
          {t.account.changed}
        </p>
      )}
      <Button type="submit" look="main" busy={change.pending}>
        {t.ui.confirm}
      </Button>
    </form>
  );
}
