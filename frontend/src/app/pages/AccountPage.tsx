import { PasswordForm } from "../../features/accounts/PasswordForm";
import { useMe } from "../../client/session";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

export default function AccountPage() {
  const t = useText();
  const me = useMe();
  if (!me) return null;
  return (
    <div className="stack">
      <PageHead title={t.account.title} />
      <div className="two">
        <dl className="pairs card">
          <dt>{t.account.name}</dt>
          <dd>{me.name}</dd>
          <dt>{t.account.login}</dt>
          <dd className="mono">{me.login}</dd>
          <dt>{t.account.roles}</dt>
          <dd>{me.roles.map((r) => label(t.roles, r)).join("、")}</dd>
          <dt>{t.account.orgs}</dt>
          <dd>{me.orgs.map((o) => o.name).join("、") || t.ui.none}</dd>
        </dl>
        <PasswordForm />
      </div>
    </div>
  );
}
