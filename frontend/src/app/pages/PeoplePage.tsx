import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { AccountsDesk } from "../../features/accounts/AccountsDesk";
import { Signups } from "../../features/accounts/Signups";
import { OfficeList } from "../../features/roles/OfficeList";
import { RoleRequests } from "../../features/roles/RoleRequests";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { Tabs, type Tab } from "../../ui/Tabs";

/** Who holds which office, who is to get one, who was invited, who cannot get in. */
export default function PeoplePage() {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const { tab = "offices" } = useSearch({ strict: false }) as { tab?: string };
  const keeps = me?.roles.some((r) => ["operator", "security_admin"].includes(r));
  const tabs: Tab[] = [
    { key: "offices", label: t.people.tabs.offices, body: () => <OfficeList onAsked={() => void go({ to: "/desk/people", search: { tab: "requests" } })} /> },
    { key: "requests", label: t.people.tabs.requests, body: () => <RoleRequests /> },
    { key: "invitations", label: t.people.tabs.invitations, body: () => <Signups /> },
    ...(keeps ? [{ key: "accounts", label: t.people.tabs.accounts, body: () => <AccountsDesk /> }] : []),
  ];
  return (
    <div className="stack">
      <PageHead title={t.people.title} lead={t.people.lead} />
      <Tabs label={t.people.title} tabs={tabs} chosen={tab} onChoose={(key) => void go({ to: "/desk/people", search: { tab: key }, replace: true })} />
    </div>
  );
}
