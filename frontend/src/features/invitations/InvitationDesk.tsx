import { useState, type ReactNode } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent } from "../../client/setup";
import type { Invitation, MatchLine } from "../../client/views";
import { label, stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { toneOfInvitation } from "./invitationTone";
import { useWhyLine } from "./useWhyLine";

type Team = Invitation["team"];

interface Props {
  challenge: string;
  /** May invitations be sent now? */
  sends: boolean;
  link: (team: Team) => ReactNode;
}

/** Whom a challenge has invited, and whom it could invite. */
export function InvitationDesk({ challenge, sends, link }: Props) {
  const m = useMatchText();
  const i = m.invitation;
  const params = { path: { id: challenge } };
  const sent = api.useQuery("get", "/api/v1/challenges/{id}/invitations", { params });
  const suggested = api.useQuery("get", "/api/v1/challenges/{id}/invitations/suggested", { params }, { enabled: sends });
  const [to, setTo] = useState<Team>();
  const left = sent.data?.left ?? 0;
  return (
    <div className="stack loose">
      <p className="muted small">{i.lead}</p>
      {sends && (
        <Section title={i.suggested} side={sent.data && i.left(left, sent.data.most)} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/invitations/suggested", params)} />}>
          <p className="muted small">{i.suggestedHint}</p>
          <Loaded query={suggested}>
            {({ items }) => (
              <Table
                label={i.suggested}
                rows={items}
                id={(x) => x.team.id}
                empty={<Empty title={i.noneSuggested}>{i.noneSuggestedHint}</Empty>}
                columns={[
                  { key: "team", head: i.team, cell: (x) => <TeamCell team={x.team} link={link} /> },
                  { key: "why", head: i.why, cell: (x) => <WhyCell why={x.why} /> },
                  {
                    key: "do",
                    head: m.invitation.send,
                    bare: true,
                    cell: (x) => (
                      <Button small className="nowrap" disabled={left === 0} aria-label={i.sendTo(x.team.name)} onClick={() => setTo(x.team)}>
                        {i.send}
                      </Button>
                    ),
                  },
                ]}
              />
            )}
          </Loaded>
        </Section>
      )}
      <Section title={i.sent} side={!sends && sent.data && i.left(left, sent.data.most)} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/invitations", params)} />}>
        <Loaded query={sent}>{({ items }) => <SentList items={items} link={link} />}</Loaded>
      </Section>
      {to && <SendDialog challenge={challenge} team={to} onClose={() => setTo(undefined)} />}
    </div>
  );
}

function TeamCell({ team, link }: { team: Team; link: Props["link"] }) {
  return (
    <>
      {link(team)}
      <span className="muted small">
        {" "}
        {team.org_name} · {team.city}
      </span>
    </>
  );
}

function WhyCell({ why }: { why: MatchLine }) {
  return <>{useWhyLine()(why)}</>;
}

function SentList({ items, link }: { items: Invitation[]; link: Props["link"] }) {
  const t = useText();
  const i = useMatchText().invitation;
  return (
    <Table
      label={i.sent}
      rows={items}
      id={(x) => x.id}
      empty={<Empty title={i.noneSent} />}
      columns={[
        {
          key: "team",
          head: i.team,
          cell: (x) => (
            <>
              <TeamCell team={x.team} link={link} />
              {x.message && <p className="small">“{x.message}”</p>}
            </>
          ),
        },
        { key: "why", head: i.why, cell: (x) => <WhyCell why={x.why} /> },
        {
          key: "at",
          head: i.at,
          cell: (x) => (
            <>
              <Time at={x.sent_at} day /> <span className="muted small">{label(i.by, x.by)}</span>
            </>
          ),
        },
        {
          key: "state",
          head: i.state,
          cell: (x) => (
            <>
              <StateTag tone={toneOfInvitation(x.state)} label={stateLabel(t, "invitation", x.state)} /> {x.answered_at && <Time at={x.answered_at} day />}
              {x.reason && <p className="small muted">{x.reason}</p>}
            </>
          ),
        },
      ]}
    />
  );
}

function SendDialog({ challenge, team, onClose }: { challenge: string; team: Team; onClose: () => void }) {
  const i = useMatchText().invitation;
  const [message, setMessage] = useState("");
  const send = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/invitations", { params: { path: { id: challenge } }, body: { team: team.id, message }, headers: idempotent(key) }), onClose);
  const error = useErrors(send.problem);
  return (
    <FormDialog title={i.sendTo(team.name)} onClose={onClose} onSubmit={() => void send.run()} busy={send.pending} failure={send.problem}>
      <p className="muted small">{i.lead}</p>
      <TextArea label={i.message} hint={i.messageHint} maxLength={300} value={message} onChange={setMessage} error={error("message")} />
    </FormDialog>
  );
}
