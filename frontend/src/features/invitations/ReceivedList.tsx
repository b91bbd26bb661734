import { useState, type ReactNode } from "react";
import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import type { Invitation } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { Countdown } from "../../ui/Countdown";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { StateTag } from "../../ui/StateTag";
import { toneOfInvitation } from "./invitationTone";
import { useWhyLine } from "./useWhyLine";
import "./invitations.css";

interface Props {
  team: string;
  link: (i: Invitation) => ReactNode;
  /** The way to the bid, for one that was accepted or begun. */
  bid: (i: Invitation) => ReactNode;
  /** After an invitation was accepted. */
  accepted: (i: Invitation) => void;
}

/** Who has asked a team to bid; its lead accepts or declines. */
export function ReceivedList({ team, link, bid, accepted }: Props) {
  const i = useMatchText().invitation;
  const query = api.useQuery("get", "/api/v1/teams/{id}/invitations", { params: { path: { id: team } } });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={i.noneReceived} />
        ) : (
          <div className="stack tight">
            <p className="muted small">{i.receivedHint}</p>
            <ul className="invitations">
              {items.map((x) => (
                <Line key={x.id} invitation={x} link={link} bid={bid} accepted={accepted} />
              ))}
            </ul>
          </div>
        )
      }
    </Loaded>
  );
}

function Line({ invitation: x, link, bid, accepted }: { invitation: Invitation } & Omit<Props, "team">) {
  const t = useText();
  const i = useMatchText().invitation;
  const why = useWhyLine();
  const [declining, setDeclining] = useState(false);
  const accept = useAct(
    (_: void, key) => client.POST("/api/v1/invitations/{id}/accept", { params: { path: { id: x.id } }, headers: idempotent(key) }),
    () => accepted(x),
  );
  const waits = x.actions.includes("invitation.accept");
  return (
    <li className={waits ? "waiting" : ""}>
      <div className="stack tight">
        <span className="row">
          {link(x)} <StateTag tone={toneOfInvitation(x.state)} label={stateLabel(t, "invitation", x.state)} />
        </span>
        <span className="row small muted">
          <span>{i.from(label(i.by, x.by), x.owner)}</span>
          <span className="mono">{x.challenge.code}</span>
          <Money fen={x.challenge.bounty_fen} />
          {x.challenge.state === "published" && x.challenge.bid_deadline && <Countdown until={x.challenge.bid_deadline} />}
        </span>
        {x.message && <blockquote>{x.message}</blockquote>}
        <span className="small">{why(x.why)}</span>
        <ErrorNote failure={accept.problem} />
      </div>
      <span className="row">
        {waits && (
          <Button small look="main" busy={accept.pending} onClick={() => void accept.run()}>
            {i.accept}
          </Button>
        )}
        {x.actions.includes("invitation.decline") && (
          <Button small onClick={() => setDeclining(true)}>
            {i.decline}
          </Button>
        )}
        {!waits && (x.state === "accepted" || x.bid) && bid(x)}
      </span>
      {declining && <DeclineDialog invitation={x} onClose={() => setDeclining(false)} />}
    </li>
  );
}

function DeclineDialog({ invitation: x, onClose }: { invitation: Invitation; onClose: () => void }) {
  const i = useMatchText().invitation;
  const [reason, setReason] = useState("");
  const decline = useAct((_: void, key) => client.POST("/api/v1/invitations/{id}/decline", { params: { path: { id: x.id } }, body: { reason }, headers: idempotent(key) }), onClose);
  const error = useErrors(decline.problem);
  return (
    <FormDialog title={i.decline} onClose={onClose} onSubmit={() => void decline.run()} busy={decline.pending} failure={decline.problem}>
      <p>{x.challenge.title}</p>
      <TextArea label={i.declineReason} maxLength={300} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}
