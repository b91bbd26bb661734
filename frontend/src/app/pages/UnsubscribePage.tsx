import { Link, useParams } from "@tanstack/react-router";
import { Unsubscribe } from "../../features/notices/Unsubscribe";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

/** Where the foot of a letter leads; nobody need sign in. */
export default function UnsubscribePage() {
  const w = useText().post;
  const { token } = useParams({ strict: false }) as { token: string };
  return (
    <div className="stack narrow">
      <PageHead title={w.unsubscribe} />
      <Unsubscribe token={token} />
      <p className="muted small">
        <Link to="/account/notices">{w.settings}</Link> · {w.unsubscribeSettings}
      </p>
    </div>
  );
}
