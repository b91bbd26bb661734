import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../client/setup";
import { CalendarAddress } from "../../features/notices/CalendarAddress";
import { NoticeSettings } from "../../features/notices/NoticeSettings";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";

export default function NoticeSettingsPage() {
  const w = useText().post;
  const [saved, setSaved] = useState(false);
  const query = api.useQuery("get", "/api/v1/account/notices", {});
  return (
    <div className="stack loose">
      <PageHead title={w.settings} lead={w.settingsLead} side={<NoticeLinks />} />
      <Loaded query={query}>
        {(settings) => (
          <NoticeSettings
            key={settings.version}
            settings={settings}
            saved={saved}
            onSaved={setSaved}
            account={
              <Link to="/account" className="small">
                {w.editAddress}
              </Link>
            }
          />
        )}
      </Loaded>
      <CalendarAddress />
    </div>
  );
}
