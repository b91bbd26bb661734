import { useAct } from "../../client/act";
import { body, client } from "../../client/setup";
import { saveAs } from "../../client/upload";
import type { Receipt as View } from "../../client/views";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Time } from "../../ui/Time";

/** The proof of a submission: what was handed in, when by the server's clock. */
export function Receipt({ receipt, title }: { receipt: View; title: string }) {
  const t = useText();
  const keep = () => saveAs(new Blob([receipt.text], { type: "text/plain;charset=utf-8" }), `receipt-${receipt.challenge_code || receipt.bid}.txt`);
  // The very bytes whose digest the receipt names.
  const canonical = useAct(async () => {
    const one = body(await client.GET("/api/v1/bids/{id}/versions/{n}", { params: { path: { id: receipt.bid, n: receipt.version } } }));
    saveAs(new Blob([one.canonical], { type: "application/json;charset=utf-8" }), "content.json");
  });
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
        <dt>{t.bid.versionOf}</dt>
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
      <section className="stack tight">
        <h3>{t.bidding.receiptCheck}</h3>
        <ol className="steps-list small">
          {t.bidding.receiptSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <ErrorNote failure={canonical.problem} />
      <div className="actions row">
        <Button look="main" onClick={keep}>
          {t.bid.keep}
        </Button>
        <Button busy={canonical.pending} onClick={() => void canonical.run()}>
          {t.bidding.canonical}
        </Button>
        <Button onClick={() => window.print()}>{t.bid.print}</Button>
      </div>
    </section>
  );
}
