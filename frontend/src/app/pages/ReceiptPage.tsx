import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import { Receipt } from "../../features/bids/Receipt";
import { useText } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { useId } from "./useId";

export default function ReceiptPage() {
  const t = useText();
  const id = useId();
  const bid = api.useQuery("get", "/api/v1/bids/{id}", { params: { path: { id } } });
  const receipt = api.useQuery("get", "/api/v1/bids/{id}/receipt", { params: { path: { id } } });
  return (
    <div className="stack">
      <PageHead
        title={t.bid.receipt}
        lead={
          bid.data && (
            <Link to="/challenges/$id/bid" params={{ id: bid.data.challenge.id }}>
              {bid.data.challenge.title}
            </Link>
          )
        }
      />
      <Loaded query={receipt}>{(r) => <Receipt receipt={r} title={bid.data?.team.name ?? t.bid.receipt} />}</Loaded>
    </div>
  );
}
