import { Outbox } from "../../features/notices/Outbox";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";

export default function OutboxPage() {
  const w = useText().post;
  return (
    <div className="stack loose">
      <PageHead title={w.outbox} lead={w.outboxLead} side={<NoticeLinks />} />
      <Outbox />
    </div>
  );
}
