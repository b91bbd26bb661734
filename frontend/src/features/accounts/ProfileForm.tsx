import { useState } from "react";
import { useAct } from "../../client/act";
import { session } from "../../client/session";
import { body, client, ifMatch } from "../../client/setup";
import type { Me } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";

export function ProfileForm({ me }: { me: Me }) {
  const t = useText();
  const [by, setBy] = useState({ name: me.name, email: me.email, mobile: me.mobile });
  const save = useAct(async () => {
    const next = body(await client.PUT("/api/v1/account", { params: { header: ifMatch(me) }, body: { ...by, ...(me.locale === "en" || me.locale === "zh-CN" ? { locale: me.locale } : {}) } }));
    session.know(next);
    return next;
  });
  const error = useErrors(save.problem);
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void save.run();
      }}
    >
      <h2>{t.sessions.profile}</h2>
      <TextInput label={t.account.name} required value={by.name} onChange={(name) => setBy({ ...by, name })} error={error("name")} />
      <TextInput label={t.enter.email} type="email" value={by.email} onChange={(email) => setBy({ ...by, email })} error={error("email")} />
      <TextInput label={t.enter.mobile} type="tel" value={by.mobile} onChange={(mobile) => setBy({ ...by, mobile })} error={error("mobile")} />
      <ErrorNote failure={save.problem} />
      <Button type="submit" busy={save.pending}>
        {t.ui.confirm}
      </Button>
    </form>
  );
}
