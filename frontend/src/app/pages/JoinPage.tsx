import { useNavigate } from "@tanstack/react-router";
import { JoinForm } from "../../features/accounts/LinkForms";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";

export default function JoinPage() {
  const t = useText();
  const go = useNavigate();
  return (
    <div className="stack narrow">
      <PageHead title={t.factor.join} />
      <JoinForm token={location.hash.slice(1)} done={() => void go({ to: "/workbench" })} />
    </div>
  );
}
