import { useState, useSyncExternalStore } from "react";
import { useAct } from "../../client/act";
import { passkeysHere } from "../../client/passkey";
import { api, client } from "../../client/setup";
import { stepUp } from "../../client/stepUp";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { provePasskey } from "./passkeyAsked";

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
  const byKey = useAct(
    async () => client.POST("/api/v1/account/confirm", { body: await provePasskey() }),
    () => stepUp.answer(true),
  );
  const query = api.useQuery("get", "/api/v1/account/security", {});
  const error = useErrors(confirm.problem);
  return (
    <Dialog title={t.factor.step} open onClose={() => stepUp.answer(false)}>
      <Loaded query={query}>
        {(f) => (
          <div className="form">
            <p>{t.factor.stepHint}</p>
            {f.passkeys.length > 0 && passkeysHere() && (
              <Button look="main" busy={byKey.pending} onClick={() => void byKey.run()}>
                {t.factor.byPasskey}
              </Button>
            )}
            {(f.totp || f.recovery_codes_left > 0) && (
              <form
                className="form"
                onSubmit={(e) => {
                  e.preventDefault();
                  void confirm.run();
                }}
              >
                <TextInput label={t.factor.code} hint={t.factor.codeHint} required autoComplete="one-time-code" value={code} onChange={setCode} error={error("code")} />
                <div className="row">
                  <Button type="submit" look="main" busy={confirm.pending} disabled={!code.trim()}>
                    {t.ui.confirm}
                  </Button>
                  <Button onClick={() => stepUp.answer(false)}>{t.ui.cancel}</Button>
                </div>
              </form>
            )}
            <ErrorNote failure={confirm.problem ?? byKey.problem} />
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}
