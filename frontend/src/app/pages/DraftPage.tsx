import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useActs } from "../../client/act";
import { useAutosave } from "../../client/autosave";
import { body, client, ifMatch } from "../../client/setup";
import type { Challenge, ChallengeBody } from "../../client/views";
import { useCatalogue } from "../../features/catalogue/useCatalogue";
import { challengeActs, challengeReasons } from "../../features/challenges/challengeActs";
import { bodyOf } from "../../features/challenges/draft";
import { DraftForm } from "../../features/challenges/DraftForm";
import { useChallenge } from "../../features/challenges/useChallenge";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Loaded } from "../../ui/Loaded";
import { MissingList } from "../../ui/MissingList";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { SaveNote } from "../shell/SaveNote";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

export default function DraftPage() {
  const query = useChallenge(useId());
  return <Loaded query={query}>{(c) => <Write key={c.id} challenge={c} />}</Loaded>;
}

function Write({ challenge }: { challenge: Challenge }) {
  const t = useText();
  const go = useNavigate();
  const catalogue = useCatalogue();
  const [draft, setDraft] = useState<ChallengeBody>(() => bodyOf(challenge));
  const [now, setNow] = useState(challenge);
  const current = challenge.version > now.version ? challenge : now;
  const params = { path: { id: challenge.id } };
  const { state, change, settle } = useAutosave<ChallengeBody>(current, async (value, on) => {
    const saved = body(await client.PUT("/api/v1/challenges/{id}", { params, body: value, headers: ifMatch(on) }));
    setNow(saved);
    return saved;
  });
  const all = challengeActs(challenge);
  const acts = useActs({
    "challenge.submit": async (given) => {
      await settle();
      await all["challenge.submit"]!(given);
      void go({ to: "/challenges/$id", params: { id: challenge.id } });
    },
    "challenge.withdraw": all["challenge.withdraw"]!,
  });
  return (
    <div className="stack">
      <PageHead
        title={t.draft.title}
        lead={
          <Link to="/challenges/$id" params={{ id: challenge.id }}>
            {current.title || challenge.id}
          </Link>
        }
        side={<StateTag tone={toneOf(current.state)} label={stateLabel(t, "challenge", current.state)} />}
      />
      {current.state_reason && <p className="note warn">{current.state_reason}</p>}
      <fieldset disabled={!current.actions.includes("challenge.edit")}>
        <DraftForm
          draft={draft}
          catalogue={catalogue.data}
          onChange={(next) => {
            setDraft(next);
            change(next);
          }}
        />
      </fieldset>
      <MissingList title={t.draft.missing} ready={t.draft.ready} missing={current.missing} />
      <div className="sticky-bar">
        <SaveNote state={state} />
        <Actions actions={current.actions} acts={acts} reasons={challengeReasons} looks={{ "challenge.withdraw": "danger" }} labelReason={t.reason} />
      </div>
    </div>
  );
}
