import type { Receipt as View } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Time } from "../../ui/Time";

/** The proof of a submission: what was handed in, when by the server's clock. */
export function Receipt({ receipt, title }: { receipt: View; title: string }) {
  const t = useText();
  return (
    <section className="card stack" aria-label={t.bid.receipt}>
      <h2>{title}</h2>
      <dl className="pairs">
        <dt>{t.bid.serverTime}</dt>
        <dd>
          <Time at={receipt.at} seconds /> {t.ui.zone}
        </dd>
        <dt>{t.bid.digest}</dt>
        <dd className="mono">{receipt.digest}</dd>
        <dt>{t.bid.versions}</dt>
        <dd>{t.bid.version(receipt.version)}</dd>
        <dt>{t.kinds.bid}</dt>
        <dd className="mono">{receipt.bid_id}</dd>
      </dl>
      <p className="note good">{t.bid.receiptHint}</p>
      <div className="actions">
        <Button onClick={() => window.print()}>{t.bid.print}</Button>
      </div>
    </section>
  );
}
