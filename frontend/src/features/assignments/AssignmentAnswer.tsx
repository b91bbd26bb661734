import { useState } from "react";
import { useActs } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Assignment } from "../../client/views";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Check } from "../../ui/inputs";

/** Accept with a declaration, decline, or step aside. */
export function AssignmentAnswer({ assignment: a }: { assignment: Assignment }) {
  const t = useText();
  const [free, setFree] = useState(false);
  const [secret, setSecret] = useState(false);
  const params = { path: { id: a.id } };
  const acts = useActs({
    "assignment.accept": ({ key }) => client.POST("/api/v1/assignments/{id}/accept", { params, body: { no_conflict: free, confidential: secret }, headers: idempotent(key) }),
    "assignment.decline": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/decline", { params, body: { reason }, headers: idempotent(key) }),
    "assignment.recuse": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/recuse", { params, body: { reason }, headers: idempotent(key) }),
  });
  return (
    <div className="stack tight">
      {a.actions.includes("assignment.accept") && (
        <fieldset className="stack tight">
          <legend>{t.expert.declare}</legend>
          <Check label={t.expert.declareNone} checked={free} onChange={setFree} />
          <Check label={t.expert.declareSecret} checked={secret} onChange={setSecret} />
        </fieldset>
      )}
      <Actions actions={a.actions} acts={acts} reasons={["assignment.decline", "assignment.recuse"]} labelReason={t.reason} />
    </div>
  );
}
