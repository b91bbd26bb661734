import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { useText } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";

/** From one page about being told to the others. */
export function NoticeLinks() {
  const t = useText();
  const m = useMatchText();
  const me = useMe();
  const office = me?.roles.some((r) => r === "operator" || r === "officer");
  return (
    <span className="row">
      <Link to="/account/subscriptions" className="button small" activeProps={{ className: "main" }}>
        {m.subscriptions.manage}
      </Link>
      <Link to="/account/notices" className="button small" activeProps={{ className: "main" }}>
        {t.post.settings}
      </Link>
      <Link to="/webhooks" className="button small" activeProps={{ className: "main" }}>
        {t.post.webhooks}
      </Link>
      {office && (
        <Link to="/letters" className="button small" activeProps={{ className: "main" }}>
          {t.post.outbox}
        </Link>
      )}
    </span>
  );
}
