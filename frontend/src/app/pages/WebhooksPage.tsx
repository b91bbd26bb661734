import { useMe } from "../../client/session";
import { WebhookList } from "../../features/webhooks/WebhookList";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";

export default function WebhooksPage() {
  const w = useText().post;
  const me = useMe();
  if (!me) return null;
  return (
    <div className="stack loose">
      <PageHead title={w.webhooks} lead={w.webhooksLead} side={<NoticeLinks />} />
      <WebhookList me={me} />
    </div>
  );
}
