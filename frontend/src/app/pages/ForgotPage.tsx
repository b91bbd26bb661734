import { ForgotForm } from "../../features/accounts/LinkForms";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

export default function ForgotPage() {
  const t = useText();
  return (
    <div className="stack narrow">
      <PageHead title={t.factor.forgot} />
      <ForgotForm />
    </div>
  );
}
