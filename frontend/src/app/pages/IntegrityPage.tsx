import { useState } from "react";
import { useMe } from "../../client/session";
import { IntegrityForm } from "../../features/integrity/IntegrityForm";
import { IntegrityList } from "../../features/integrity/IntegrityList";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { PageHead } from "../../ui/PageHead";

/** The register of integrity, with appeal. */
export default function IntegrityPage() {
  const t = useText();
  const me = useMe();
  const [recording, setRecording] = useState(false);
  const office = me?.roles.some((r) => ["officer", "operator", "auditor"].includes(r)) ?? false;
  return (
    <div className="stack">
      <PageHead title={t.units.integrity.title} lead={office ? t.units.integrity.lead : t.units.integrity.mine} />
      {me?.actions.includes("integrity.record") && (
        <div>
          <Button look="main" onClick={() => setRecording(true)}>
            {t.actions["integrity.record"]}
          </Button>
        </div>
      )}
      <IntegrityList mine={!office} />
      {recording && <IntegrityForm onClose={() => setRecording(false)} />}
    </div>
  );
}
