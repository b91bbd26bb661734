import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { RegisterForm } from "../../features/accounts/RegisterForm";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { useAbout } from "../shell/useAbout";

/** The first start of a platform without any account. */
export default function SetUpPage() {
  const t = useText();
  const go = useNavigate();
  const about = useAbout();
  const queries = useQueryClient();
  if (about && !about.needs_set_up)
    return (
      <p className="note">
        <Link to="/sign-in">{t.nav.signIn}</Link>
      </p>
    );
  return (
    <div className="stack narrow">
      <PageHead title={t.enter.setUp} lead={t.enter.setUpLead} />
      <RegisterForm
        first
        done={() => {
          void queries.invalidateQueries();
          void go({ to: "/workbench" });
        }}
      />
    </div>
  );
}
