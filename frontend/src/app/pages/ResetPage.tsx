import { ResetForm } from "../../features/accounts/LinkForms";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

export default function ResetPage() {
  const t = useText();
  return (
    <div className="stack narrow">
      <PageHead title={t.factor.set} />
      <ResetForm token={location.hash.slice(1)} />
    </div>
  );
}
