import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { Alliance } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { NumberInput, TextArea, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";

/** The lead on its way to another firm: proposed, accepted, confirmed. */
export function AllianceLead({ alliance: a }: { alliance: Alliance }) {
  const t = useText();
  const [proposing, setProposing] = useState(false);
  const params = { path: { id: a.id } };
  const given = (reason: string, key: string) => ({ params, body: { reason }, headers: idempotent(key) });
  const step = a.transfer;
  const acts = useActs({
    ...(step?.mine && step.state === "proposed" && { "alliance.accept_lead": ({ key, reason }: { key: string; reason: string }) => client.POST("/api/v1/alliances/{id}/transfer/accept", given(reason, key)) }),
    ...(step?.mine && { "alliance.decline_lead": ({ key, reason }: { key: string; reason: string }) => client.POST("/api/v1/alliances/{id}/transfer/decline", given(reason, key)) }),
    ...(step && { "alliance.recall_proposal": ({ key, reason }: { key: string; reason: string }) => client.POST("/api/v1/alliances/{id}/transfer/recall", given(reason, key)) }),
    ...(step?.state === "accepted" && { "alliance.transfer": ({ key, reason }: { key: string; reason: string }) => client.POST("/api/v1/alliances/{id}/transfer/confirm", given(reason, key)) }),
    ...(step && { "alliance.reject_transfer": ({ key, reason }: { key: string; reason: string }) => client.POST("/api/v1/alliances/{id}/transfer/reject", given(reason, key)) }),
  });
  const mayPropose = !step && a.actions.includes("alliance.propose_leader");
  if (!step && !mayPropose) return null;
  return (
    <Section title={t.units.transfer}>
      {step && (
        <>
          <p className="row">
            <strong>{t.units.transferLine(step.from.name, step.to.name)}</strong>
            <StateTag tone="warn" label={label(t.units.transferStates, step.state)} />
          </p>
          <p>{step.reason}</p>
          <Actions actions={a.actions} acts={acts} reasons={["alliance.decline_lead", "alliance.reject_transfer"]} labelReason={t.reason} looks={{ "alliance.transfer": "seal" }} />
        </>
      )}
      {mayPropose && (
        <div>
          <Button small onClick={() => setProposing(true)}>
            {t.actions["alliance.propose_leader"]}
          </Button>
        </div>
      )}
      {proposing && <Propose alliance={a} onClose={() => setProposing(false)} />}
    </Section>
  );
}

function Propose({ alliance: a, onClose }: { alliance: Alliance; onClose: () => void }) {
  const t = useText();
  const [org, setOrg] = useState("");
  const [reason, setReason] = useState("");
  const act = useAct((_: void, key) => client.POST("/api/v1/alliances/{id}/transfer", { params: { path: { id: a.id } }, body: { org: org.trim(), reason: reason.trim() }, headers: idempotent(key) }), onClose);
  const error = useErrors(act.problem);
  return (
    <FormDialog title={t.actions["alliance.propose_leader"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={!org.trim() || [...reason.trim()].length < 4}>
      <TextInput label={t.units.heir} required value={org} onChange={setOrg} error={error("org")} />
      <TextArea label={t.reason} required maxLength={500} value={reason} onChange={setReason} error={error("reason")} />
    </FormDialog>
  );
}

/** What the authority thought of the alliance, year by year; public. */
export function AllianceYears({ alliance: a }: { alliance: Alliance }) {
  const t = useText();
  const [assessing, setAssessing] = useState(false);
  return (
    <Section title={t.units.assessments}>
      {a.assessments.length === 0 && <p className="muted">{t.units.noAssessments}</p>}
      <ul className="plain-list">
        {a.assessments.map((y) => (
          <li key={y.year}>
            <p className="row">
              <strong>{y.year}</strong>
              <StateTag tone={y.grade === "fail" ? "bad" : y.grade === "pass" ? "ink" : "good"} label={`${label(t.units.grades, y.grade)} · ${y.score}`} />
            </p>
            <p>{y.opinion}</p>
          </li>
        ))}
      </ul>
      {a.actions.includes("alliance.assess") && (
        <div>
          <Button small onClick={() => setAssessing(true)}>
            {t.actions["alliance.assess"]}
          </Button>
        </div>
      )}
      {assessing && <Assess alliance={a} onClose={() => setAssessing(false)} />}
    </Section>
  );
}

function Assess({ alliance: a, onClose }: { alliance: Alliance; onClose: () => void }) {
  const t = useText();
  const [year, setYear] = useState<number | undefined>(() => new Date().getFullYear() - 1);
  const [score, setScore] = useState<number>();
  const [opinion, setOpinion] = useState("");
  const act = useAct((_: void, key) => client.POST("/api/v1/alliances/{id}/assessments", { params: { path: { id: a.id } }, body: { year: year ?? 0, score: score ?? 0, opinion: opinion.trim() }, headers: idempotent(key) }), onClose);
  const error = useErrors(act.problem);
  return (
    <FormDialog title={t.actions["alliance.assess"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={score === undefined || !opinion.trim()}>
      <NumberInput label={t.units.year} required value={year} onChange={setYear} error={error("year")} />
      <NumberInput label={t.units.score} required value={score} onChange={setScore} error={error("score")} />
      <TextArea label={t.units.opinion} required maxLength={2000} value={opinion} onChange={setOpinion} error={error("opinion")} />
    </FormDialog>
  );
}
