import { Link, Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { DemoAccounts } from "../../features/accounts/DemoAccounts";
import { SignInForm } from "../../features/accounts/SignInForm";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { useAbout } from "../shell/useAbout";

export default function SignInPage() {
  const t = useText();
  const go = useNavigate();
  const { to } = useSearch({ strict: false }) as { to?: string };
  const about = useAbout();
  if (about?.needs_set_up) return <Navigate to="/set-up" />;
  // Only a path of our own: an address from outside must not lead elsewhere.
  const done = () => void go({ href: to && /^\/(?![/\\])/.test(to) ? to : "/workbench" });
  return (
    <div className="stack">
      <PageHead title={t.signIn.title} lead={t.signIn.lead} />
      <div className={about?.demo ? "sign-in-layout" : "narrow"}>
        <div className="stack tight">
          <SignInForm done={done} />
          <p className="small">
            {t.enter.noAccount} <Link to="/register">{t.enter.register}</Link> · <Link to="/forgot-password">{t.factor.forgot}</Link>
          </p>
        </div>
        {about?.demo && <DemoAccounts done={done} />}
      </div>
    </div>
  );
}
