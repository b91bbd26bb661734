import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { api, client } from "../../client/setup";
import { session, useMe } from "../../client/session";
import { useLanguage } from "../../text/text";
import { areasOf } from "./areas";
import { useDark, useLarge } from "./theme";

export function Header() {
  const { t, language, choose } = useLanguage();
  const me = useMe();
  const go = useNavigate();
  const [menu, setMenu] = useState(false);
  const [dark, toggleDark] = useDark();
  const [large, toggleLarge] = useLarge();
  const account = api.useQuery("get", "/api/v1/account", {}, { enabled: !!me, refetchInterval: 60_000 }).data;
  const unread = account?.unread_notices;
  // What changes the account elsewhere, as the settings of notices do, must not make its own form stale.
  useEffect(() => {
    const known = session.me();
    if (account && known && account.id === known.id && account.version > known.version) session.know(account);
  }, [account]);

  const signOut = async () => {
    await client.DELETE("/api/v1/session").catch(() => undefined);
    session.end();
    await go({ to: "/" });
  };

  return (
    <header className="shell-header">
      <div className="shell-bar">
        <Link to="/" className="brand" aria-label={t.brand}>
          <span className="brand-mark" aria-hidden="true">
            榜
          </span>
          <span>
            <strong>{t.brand}</strong>
            <small>{t.slogan}</small>
          </span>
        </Link>
        <button type="button" className="menu-button" aria-expanded={menu} aria-controls="navigation" onClick={() => setMenu(!menu)}>
          {t.menu}
        </button>
        <nav id="navigation" className={menu ? "open" : ""} onClick={() => setMenu(false)}>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {t.nav.challenges}
          </Link>
          <Link to="/batches">{t.nav.batches}</Link>
          <Link to={me ? "/desk/needs" : "/needs"}>{t.nav.needs}</Link>
          {me && (
            <>
              <Link to="/workbench">{t.nav.workbench}</Link>
              {areasOf(me).map((area) => (
                <Link key={area.key} to={area.to} params={area.params}>
                  {t.nav[area.key]}
                </Link>
              ))}
              <Link to="/notices">
                {t.nav.notices}
                {!!unread && (
                  <span className="badge" aria-label={t.notices.unread(unread)}>
                    {unread}
                  </span>
                )}
              </Link>
            </>
          )}
          <span className="shell-tools">
            <button type="button" aria-pressed={large} onClick={toggleLarge}>
              {large ? t.theme.normal : t.theme.large}
            </button>
            <button type="button" aria-pressed={dark} onClick={toggleDark}>
              {dark ? t.theme.light : t.theme.dark}
            </button>
            <button type="button" lang={language === "zh" ? "en" : "zh-CN"} onClick={() => choose(language === "zh" ? "en" : "zh")}>
              {t.language}
            </button>
            {me ? (
              <>
                <Link to="/account" className="me" title={me.name}>
                  {me.name}
                </Link>
                <button type="button" onClick={() => void signOut()}>
                  {t.nav.signOut}
                </button>
              </>
            ) : (
              <Link to="/sign-in" className="sign-in">
                {t.nav.signIn}
              </Link>
            )}
          </span>
        </nav>
      </div>
    </header>
  );
}
