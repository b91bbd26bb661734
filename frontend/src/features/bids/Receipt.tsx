import type { Receipt as View } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Time } from "../../ui/Time";

/** The proof of a submission: what was handed in, when by the server's clock. */
export function Receipt({ receipt, title }: { receipt: View; title: string }) {
  const t = useText();
  const keep = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([receipt.text], { type: "text/plain;charset=utf-8" }));
    link.download = `receipt-${receipt.challenge_code || receipt.bid}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section className="card stack" aria-label={t.bid.receipt}>
      <h2>{title}</h2>
      <dl className="pairs">
        <dt>{t.bid.serverTime}</dt>
        <dd>
          <Time at={receipt.sealed_at} seconds /> {t.ui.zone}
        </dd>
        <dt>{t.bid.digest}</dt>
        <dd className="mono">{receipt.digest}</dd>
        <dt>{t.bid.versions}</dt>
        <dd>{t.bid.version(receipt.version)}</dd>
        <dt>{t.kinds.challenge}</dt>
        <dd className="mono">{receipt.challenge_code}</dd>
        <dt>{t.kinds.bid}</dt>
        <dd className="mono">{receipt.bid}</dd>
        {receipt.files.map((f) => (
          <div key={f.id} style={{ display: "contents" }}>
            <dt>{t.kinds.document}</dt>
            <dd className="mono">{f.sha256}</dd>
          </div>
        ))}
      </dl>
      <p className="note good">{t.bid.receiptHint}</p>
      <div className="actions row">
        <Button look="main" onClick={keep}>
          {t.bid.keep}
        </Button>
        <Button onClick={() => window.print()}>{t.bid.print}</Button>
      </div>
    </section>
  );
}
