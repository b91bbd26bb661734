import { useState } from "react";
import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Challenge, Question } from "../../client/views";
import { useListText } from "../../text/list";
import { stateLabel } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ExportMenu } from "../../ui/ExportMenu";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { useUi } from "../../ui/words";

/** What was asked about a challenge: the answers for everybody, what waits for those it concerns. */
export function Questions({ challenge: c, signedIn }: { challenge: Challenge; signedIn: boolean }) {
  const t = useText();
  const l = useListText();
  const query = api.useQuery("get", "/api/v1/challenges/{id}/questions", { params: { path: { id: c.id } } });
  const [asking, setAsking] = useState(false);
  const [answering, setAnswering] = useState<Question>();
  const [aside, setAside] = useState<Question>();
  return (
    <Section title={l.questions} tools={<ExportMenu save={exporter("/api/v1/challenges/{id}/questions", { path: { id: c.id } })} />}>
      {c.state === "published" && (
        <div className="stack tight">
          <p className="muted small">{signedIn ? <AskHint challenge={c} /> : l.askSignIn}</p>
          {c.actions.includes("question.ask") && (
            <div>
              <Button look="main" onClick={() => setAsking(true)}>
                {t.actions["question.ask"]}
              </Button>
            </div>
          )}
        </div>
      )}
      <Loaded query={query}>
        {({ items }) => {
          const open = items.filter((q) => q.state !== "answered");
          const done = items.filter((q) => q.state === "answered");
          return (
            <div className="stack">
              {open.length > 0 && <h3>{open.every((q) => q.mine) ? l.mineWaiting : l.waiting}</h3>}
              {open.map((q) => (
                <article key={q.id} className="card stack tight">
                  <div className="row spread">
                    <StateTag tone={q.state === "asked" ? "warn" : "plain"} label={stateLabel(t, "question", q.state)} />
                    {q.asked_at && <Time at={q.asked_at} />}
                  </div>
                  <p className="prose">{q.text}</p>
                  {q.answer && <p className="muted prose">{q.answer}</p>}
                  {q.reason && (
                    <p className="small">
                      {l.reason}：{q.reason}
                    </p>
                  )}
                  <div className="row">
                    {q.actions.includes("question.answer") && (
                      <Button small look="main" onClick={() => setAnswering(q)}>
                        {l.answer}
                      </Button>
                    )}
                    {q.actions.includes("question.set_aside") && (
                      <Button small onClick={() => setAside(q)}>
                        {t.actions["question.set_aside"]}
                      </Button>
                    )}
                  </div>
                </article>
              ))}
              {done.length === 0 && <p className="muted">{l.noQuestions}</p>}
              {done.map((q) => (
                <article key={q.id} className="card stack tight">
                  <p className="prose">
                    <strong>{q.text}</strong>
                  </p>
                  <p className="prose">{q.answer}</p>
                  <p className="muted small row spread">
                    <span>{l.supplementNo(q.supplement_no)}</span>
                    <Time at={q.answered_at} />
                  </p>
                </article>
              ))}
            </div>
          );
        }}
      </Loaded>
      {asking && <AskDialog challenge={c.id} onClose={() => setAsking(false)} />}
      {answering && <AnswerDialog question={answering} onClose={() => setAnswering(undefined)} />}
      {aside && <AsideDialog question={aside} onClose={() => setAside(undefined)} />}
    </Section>
  );
}

function AskHint({ challenge: c }: { challenge: Challenge }) {
  const l = useListText();
  const { clockOffset } = useUi();
  // eslint-disable-next-line react-hooks/purity -- that the time is over may be told a render late
  if (!c.clarify_until || Date.parse(c.clarify_until) <= Date.now() + clockOffset) return <>{l.askClosed}</>;
  return <>{l.askHint(new Date(c.clarify_until).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16))}</>;
}

function AskDialog({ challenge, onClose }: { challenge: string; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [text, setText] = useState("");
  const ask = useAct((_: void, key) => client.POST("/api/v1/challenges/{id}/questions", { params: { path: { id: challenge } }, body: { text }, headers: idempotent(key) }), onClose);
  const error = useErrors(ask.problem);
  return (
    <FormDialog title={t.actions["question.ask"]!} onClose={onClose} onSubmit={() => void ask.run()} busy={ask.pending} failure={ask.problem} disabled={!text.trim()}>
      <TextArea label={l.askText} required maxLength={2000} value={text} onChange={setText} error={error("text")} />
    </FormDialog>
  );
}

function AnswerDialog({ question: q, onClose }: { question: Question; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [v, setV] = useState({ question: q.text, answer: q.answer });
  const params = { path: { id: q.id } };
  const publish = useAct((_: void, key) => client.POST("/api/v1/questions/{id}/answer", { params, body: v, headers: idempotent(key) }), onClose);
  const save = useAct(() => client.PUT("/api/v1/questions/{id}/answer", { params: { ...params, header: ifMatch(q) }, body: v }), onClose);
  const error = useErrors(publish.problem ?? save.problem);
  return (
    <FormDialog title={t.actions["question.answer"]!} onClose={onClose} onSubmit={() => void publish.run()} busy={publish.pending} failure={publish.problem ?? save.problem} disabled={!v.answer.trim()}>
      <TextArea label={l.publicQuestion} hint={l.publicQuestionHint} required maxLength={2000} value={v.question} onChange={(question) => setV({ ...v, question })} error={error("question")} />
      <TextArea label={l.answer} required maxLength={5000} value={v.answer} onChange={(answer) => setV({ ...v, answer })} error={error("answer")} />
      {q.actions.includes("question.draft") && (
        <div>
          <Button busy={save.pending} onClick={() => void save.run()}>
            {l.save}
          </Button>
        </div>
      )}
    </FormDialog>
  );
}

function AsideDialog({ question: q, onClose }: { question: Question; onClose: () => void }) {
  const t = useText();
  const l = useListText();
  const [reason, setReason] = useState("");
  const act = useAct((_: void, key) => client.POST("/api/v1/questions/{id}/set-aside", { params: { path: { id: q.id } }, body: { reason }, headers: idempotent(key) }), onClose);
  return (
    <FormDialog title={t.actions["question.set_aside"]!} onClose={onClose} onSubmit={() => void act.run()} busy={act.pending} failure={act.problem} disabled={!reason.trim()}>
      <TextArea label={l.reason} required maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  );
}
