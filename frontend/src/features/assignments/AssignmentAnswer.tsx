import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { client, idempotent, ifMatch } from "../../client/setup";
import type { Assignment } from "../../client/views";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check } from "../../ui/inputs";

/** Declare oneself free of conflict before anything but names is shown; or decline, or step aside. */
export function AssignmentAnswer({ assignment: a }: { assignment: Assignment }) {
  const t = useText();
  const [asked, setAsked] = useState(false);
  const params = { path: { id: a.id } };
  const acts = useActs({
    "assignment.decline": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/decline", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
    "assignment.recuse": ({ key, reason }) => client.POST("/api/v1/assignments/{id}/recuse", { params, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
  });
  return (
    <div className="row">
      {a.actions.includes("assignment.accept") && (
        <Button look="main" onClick={() => setAsked(true)}>
          {t.actions["assignment.accept"]}
        </Button>
      )}
      <Actions actions={a.actions} acts={acts} reasons={["assignment.decline", "assignment.recuse"]} looks={{ "assignment.decline": "plain", "assignment.recuse": "plain" }} labelReason={t.reason} />
      {asked && <Declare assignment={a} onClose={() => setAsked(false)} />}
    </div>
  );
}

function Declare({ assignment: a, onClose }: { assignment: Assignment; onClose: () => void }) {
  const t = useText();
  const [free, setFree] = useState(false);
  const [secret, setSecret] = useState(false);
  const accept = useAct(
    (_: void, key) => client.POST("/api/v1/assignments/{id}/accept", { params: { path: { id: a.id } }, body: { no_conflict: free, confidential: secret }, headers: { ...idempotent(key), ...ifMatch(a) } }),
    onClose,
  );
  return (
    <Dialog title={t.expert.declare} open onClose={onClose}>
      <form
        className="form"
        onSubmit={(e) => {
          e.preventDefault();
          void accept.run();
        }}
      >
        <p>{a.blind ? t.scoring.blindDeclare : t.expert.declareHint}</p>
        <Names assignment={a} />
        <Check label={a.blind ? t.scoring.blindFree : t.expert.declareNone} checked={free} onChange={setFree} />
        <Check label={t.expert.declareSecret} checked={secret} onChange={setSecret} />
        <ErrorNote failure={accept.problem} />
        <div className="row">
          <Button type="submit" look="main" busy={accept.pending} disabled={!free || !secret}>
            {t.expert.declareAndAccept}
          </Button>
          <Button onClick={onClose}>{t.ui.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Whom the expert must be free of: all he may know before he has declared. */
export function Names({ assignment: a }: { assignment: Assignment }) {
  const t = useText();
  return (
    <dl className="pairs small">
      <dt>{t.detail.owner}</dt>
      <dd>{a.challenge.owner}</dd>
      {!a.blind && (
        <>
          <dt>{t.kinds.team}</dt>
          <dd>
            {a.team} · {a.unit}
          </dd>
        </>
      )}
      {a.partners.length > 0 && (
        <>
          <dt>{t.bid.partners}</dt>
          <dd>{a.partners.join("；")}</dd>
        </>
      )}
      {a.people.length > 0 && (
        <>
          <dt>{t.bid.people}</dt>
          <dd>{a.people.join("；")}</dd>
        </>
      )}
    </dl>
  );
}
