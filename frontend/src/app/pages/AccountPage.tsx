import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { PasswordForm } from "../../features/accounts/PasswordForm";
import { ProfileForm } from "../../features/accounts/ProfileForm";
import { SecondFactor } from "../../features/accounts/SecondFactor";
import { SessionList } from "../../features/accounts/SessionList";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";

export default function AccountPage() {
  const t = useText();
  const me = useMe();
  if (!me) return null;
  return (
    <div className="stack loose">
      <PageHead
        title={t.account.title}
        side={<NoticeLinks />}
      />
      <dl className="pairs card">
        <dt>{t.account.login}</dt>
        <dd className="mono">{me.login}</dd>
        <dt>{t.account.roles}</dt>
        <dd>{me.roles.map((r) => label(t.roles, r)).join(t.ui.comma) || t.ui.none}</dd>
        <dt>{t.account.orgs}</dt>
        <dd>
          {me.orgs.map((o) => (
            <span key={o.id} className="row">
              <Link to="/orgs/$id" params={{ id: o.id }}>
                {o.name}
              </Link>
            </span>
          ))}
          {me.orgs.length === 0 && t.ui.none}
        </dd>
      </dl>
      <div className="two">
        <ProfileForm key={me.version} me={me} />
        <PasswordForm />
      </div>
      <div id="security">
        <SecondFactor />
      </div>
      <SessionList />
    </div>
  );
}
