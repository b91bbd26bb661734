import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { session } from "../../client/session";
import { OidcReturn } from "../../features/accounts/OtherWays";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { wayOn } from "./wayOn";

/** Where the other server sends people back to. */
export default function OidcPage() {
  const t = useText();
  const go = useNavigate();
  const { state = "", code = "", error } = useSearch({ strict: false }) as { state?: string; code?: string; error?: string };
  return (
    <div className="stack narrow">
      <PageHead title={t.actions["account.oidc_sign_in"]!} />
      {error ? <p className="note bad" role="alert">{t.factor.noJourney}</p> : <OidcReturn state={state} code={code} done={(to) => void go({ href: wayOn(to, session.me()), replace: true })} />}
      <p className="small">
        <Link to="/sign-in">{t.factor.back}</Link>
      </p>
    </div>
  );
}
