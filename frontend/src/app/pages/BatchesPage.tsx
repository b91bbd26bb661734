import { BatchList } from "../../features/batches/BatchList";
import { useListText } from "../../text/list";
import { PageHead } from "../../ui/PageHead";

export default function BatchesPage() {
  const l = useListText();
  return (
    <div className="stack">
      <PageHead title={l.batches} lead={l.batchesLead} />
      <BatchList />
    </div>
  );
}
