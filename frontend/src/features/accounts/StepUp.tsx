import { useState, useSyncExternalStore } from "react";
import { useAct } from "../../client/act";
import { client } from "../../client/setup";
import { stepUp } from "../../client/stepUp";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { FormDialog } from "../../ui/FormDialog";
import { TextInput } from "../../ui/inputs";

/** Asks for the second factor when a decisive act needs it, and lets the act go on. */
export function StepUp() {
  const asked = useSyncExternalStore(stepUp.listen, stepUp.asked);
  return asked ? <Ask /> : null;
}

function Ask() {
  const t = useText();
  const [code, setCode] = useState("");
  const confirm = useAct(
    () => client.POST("/api/v1/account/confirm", { body: { code } }),
    () => stepUp.answer(true),
  );
  const error = useErrors(confirm.problem);
  return (
    <FormDialog title={t.factor.step} onClose={() => stepUp.answer(false)} onSubmit={() => void confirm.run()} busy={confirm.pending} failure={confirm.problem} disabled={!code.trim()}>
      <p>{t.factor.stepHint}</p>
      <TextInput label={t.factor.code} hint={t.factor.codeHint} required autoComplete="one-time-code" value={code} onChange={setCode} error={error("code")} />
    </FormDialog>
  );
}
