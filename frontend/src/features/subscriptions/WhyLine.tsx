import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { MuteBody, Notice } from "../../client/views";
import { fill, label } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

interface Reason {
  by: string;
  value: string;
  name: string;
  name_en: string;
  subscription?: string;
  band?: string;
  reasons?: string[];
}

const isReason = (x: unknown): x is Reason => typeof x === "object" && x !== null && typeof (x as Reason).by === "string" && typeof (x as Reason).value === "string";

/** Why a notice came: each reason, and how to hear no more for it. */
export function WhyLine({ notice }: { notice: Notice }) {
  const { t, language } = useLanguage();
  const m = useMatchText();
  const s = m.subscriptions;
  const [done, setDone] = useState(false);
  const finish = () => setDone(true);
  const end = useAct((id: string) => client.DELETE("/api/v1/subscriptions/{id}", { params: { path: { id } } }), finish);
  const mute = useAct((body: MuteBody, key) => client.POST("/api/v1/mutes", { body, headers: idempotent(key) }), finish);
  const why = Array.isArray(notice.params.why) ? notice.params.why.filter(isReason) : [];
  if (why.length === 0) return null;
  const name = (w: Reason) => (language === "en" ? w.name_en : w.name) || w.value;
  const said = (w: Reason) => (w.by === "team" ? s.whyTeam(name(w), label(m.bands, w.band), (w.reasons ?? []).map((p) => label(t.parts, p)).join(t.ui.comma)) : fill(t.notice.why[w.by] ?? "{name}", { name: name(w) }));
  const challenge = typeof notice.params.challenge === "string" ? notice.params.challenge : notice.thing_kind === "challenge" ? notice.thing : undefined;
  return (
    <details className="why-line small">
      <summary>
        <span className="muted">{s.why}</span> {said(why[0]!)}
        {why.length > 1 && <span className="muted"> +{why.length - 1}</span>}
      </summary>
      <div className="stack tight">
        {why.length > 1 && (
          <ul className="plain-list">
            {why.slice(1).map((w, i) => (
              <li key={i}>{said(w)}</li>
            ))}
          </ul>
        )}
        <div className="row">
          {why
            .filter((w) => w.subscription)
            .map((w) => (
              <Button key={w.subscription} small busy={end.pending} onClick={() => void end.run(w.subscription!)}>
                {s.unsubscribe(name(w))}
              </Button>
            ))}
          {why
            .filter((w) => w.by === "team" && !w.subscription)
            .map((w) => (
              <Button key={w.value} small busy={mute.pending} onClick={() => void mute.run({ by: "team", value: w.value })}>
                {s.muteTeam(name(w))}
              </Button>
            ))}
          {challenge && (
            <Button small busy={mute.pending} onClick={() => void mute.run({ by: "challenge", value: challenge })}>
              {s.muteChallenge}
            </Button>
          )}
          {done && (
            <span className="muted" role="status">
              ✓ {s.done}
            </span>
          )}
        </div>
        <ErrorNote failure={end.problem ?? mute.problem} />
      </div>
    </details>
  );
}
