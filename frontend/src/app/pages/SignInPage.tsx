import { Link, Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { DemoAccounts } from "../../features/accounts/DemoAccounts";
import { OtherWays } from "../../features/accounts/OtherWays";
import { SignInForm } from "../../features/accounts/SignInForm";
import { useText } from "../../text/text";
import { session } from "../../client/session";
import { PageHead } from "../../ui/PageHead";
import { useAbout } from "../shell/useAbout";
import { wayOn } from "./wayOn";

export default function SignInPage() {
  const t = useText();
  const go = useNavigate();
  const { to } = useSearch({ strict: false }) as { to?: string };
  const about = useAbout();
  if (about?.needs_set_up) return <Navigate to="/set-up" />;
  const done = () => void go({ href: wayOn(to, session.me()) });
  return (
    <div className="stack">
      <PageHead title={t.signIn.title} lead={t.signIn.lead} />
      <div className={about?.demo ? "sign-in-layout" : "narrow"}>
        <div className="stack tight">
          <SignInForm done={done} />
          <OtherWays passkeys={!!about?.passkeys} oidc={about?.oidc ?? ""} to={to ?? ""} done={done} />
          <p className="small">
            {t.enter.noAccount} <Link to="/register">{t.enter.register}</Link> · <Link to="/forgot-password">{t.factor.forgot}</Link>
          </p>
        </div>
        {about?.demo && <DemoAccounts done={done} />}
      </div>
    </div>
  );
}
