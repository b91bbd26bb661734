import { api } from "../../client/setup";
import { NoticeList } from "../../features/notices/NoticeList";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { ThingLink } from "../shell/ThingLink";

export default function NoticesPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/notices", {});
  return (
    <div className="stack">
      <PageHead title={t.notices.title} />
      <Loaded query={query}>
        {({ items }) => (
          <NoticeList
            notices={items}
            link={(n) => (
              <ThingLink kind={n.kind} id={n.thing_id}>
                {n.title}
              </ThingLink>
            )}
          />
        )}
      </Loaded>
    </div>
  );
}
