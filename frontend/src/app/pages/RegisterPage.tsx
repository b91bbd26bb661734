import { Link, useNavigate } from "@tanstack/react-router";
import { RegisterForm } from "../../features/accounts/RegisterForm";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

export default function RegisterPage() {
  const t = useText();
  const go = useNavigate();
  return (
    <div className="stack narrow">
      <PageHead title={t.enter.register} lead={t.enter.registerLead} />
      <RegisterForm done={() => void go({ to: "/workbench" })} />
      <p className="small">
        {t.enter.have} <Link to="/sign-in">{t.nav.signIn}</Link>
      </p>
    </div>
  );
}
