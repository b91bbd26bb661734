import { Link, Outlet } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { useText } from "../../text/text";
import { Withheld } from "../../features/accounts/Withheld";
import { StepUp } from "../../features/accounts/StepUp";
import { DemoBanner } from "./DemoBanner";
import { Header } from "./Header";

/** What stands around every page. */
export function Frame() {
  const t = useText();
  const me = useMe();
  return (
    <>
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <StepUp />
      <DemoBanner />
      <Header />
      <main id="main" className="shell-main" tabIndex={-1}>
        {me && (
          <Withheld me={me}>
            <Link to="/account" hash="security">
              {t.factor.title}
            </Link>
          </Withheld>
        )}
        <Outlet />
      </main>
      <footer className="shell-footer">
        <p>
          {t.footer} <Link to="/matches/formula">{t.actions["match.formula"]}</Link>
        </p>
      </footer>
    </>
  );
}
