import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { useAutosave } from "../../client/autosave";
import { useMe } from "../../client/session";
import { body, client, ifMatch } from "../../client/setup";
import { download, upload } from "../../client/upload";
import type { Challenge, ChallengeBody, StoredFile } from "../../client/views";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { challengeActs, challengeReasons } from "../../features/challenges/challengeActs";
import { bodyOf } from "../../features/challenges/draft";
import { ScorePanel } from "../../features/challenges/ScorePanel";
import { DraftForm } from "../../features/challenges/DraftForm";
import { TagOffer } from "../../features/matches/TagOffer";
import { useChallenge } from "../../features/challenges/useChallenge";
import { FileLink } from "../../ui/FileLink";
import { stateLabel, toneOf } from "../../text/say";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { ErrorNote } from "../../ui/ErrorNote";
import { FileDrop } from "../../ui/FileDrop";
import { Loaded } from "../../ui/Loaded";
import { MissingList } from "../../ui/MissingList";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { SaveNote } from "../shell/SaveNote";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

/** Fields that a draft may be without. */
const late = ["alliance_id", "chain", "funding", "contact", "clarify_until", "bid_deadline", "open_at"];

export default function DraftPage() {
  const query = useChallenge(useId());
  return <Loaded query={query}>{(c) => <Write key={c.id} challenge={c} />}</Loaded>;
}

function Write({ challenge }: { challenge: Challenge }) {
  const t = useText();
  const me = useMe();
  const go = useNavigate();
  const chains = useTerms("chain");
  const domains = useTerms("domain");
  const capabilities = useTerms("capability");
  const [draft, setDraft] = useState<ChallengeBody>(() => bodyOf(challenge));
  const [now, setNow] = useState(challenge);
  const current = challenge.version > now.version ? challenge : now;
  const params = { path: { id: challenge.id } };
  const { state, change, settle } = useAutosave<ChallengeBody>(current, async (value, on) => {
    const saved = body(await client.PUT("/api/v1/challenges/{id}", { params: { ...params, header: ifMatch(on) }, body: value }));
    setNow(saved);
    return saved;
  });
  // Asked anew for each version that the server has kept.
  const check = useQuery({
    queryKey: ["challenge.check", challenge.id, current.version],
    queryFn: async ({ signal }) => body(await client.GET("/api/v1/challenges/{id}/check", { params, signal })),
    enabled: current.actions.includes("challenge.edit"),
    placeholderData: keepPreviousData,
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
  // A field is found fault with beside itself once it was written in; a draft opened again has been.
  const [touched, setTouched] = useState<Set<string>>(() => new Set(challenge.title ? Object.keys(bodyOf(challenge)).concat(late) : []));
  const put = (next: ChallengeBody) => {
    const changed = Object.keys(next).filter((key) => next[key as keyof ChallengeBody] !== draft[key as keyof ChallengeBody]);
    setTouched((known) => new Set([...known, ...changed]));
    setDraft(next);
    change(next);
  };
  const faults = check.data?.faults ?? current.missing;
  const alliances = [...(me?.alliances ?? []).map((a) => ({ value: a.id, label: a.name })), ...(current.alliance ? [{ value: current.alliance.id, label: current.alliance.name }] : [])];
  return (
    <div className="stack">
      <PageHead
        title={t.draft.title}
        lead={
          <Link to="/challenges/$id" params={{ id: challenge.id }}>
            {current.title || t.draft.untitled}
          </Link>
        }
        side={<StateTag tone={toneOf(current.state)} label={stateLabel(t, "challenge", current.state)} />}
      />
      {current.state_reason && (
        <p className="note warn">
          <strong>{t.draft.returned}</strong> {current.state_reason}
        </p>
      )}
      <fieldset disabled={!current.actions.includes("challenge.edit")}>
        <DraftForm
          draft={draft}
          chains={chains}
          domains={domains}
          capabilities={capabilities}
          alliances={alliances.filter((a, i) => alliances.findIndex((x) => x.value === a.value) === i)}
          faults={faults.filter((f) => touched.has(f.path.split(/[.[]/)[0]!))}
          offer={
            <div className="card">
              <TagOffer
                text={[draft.title, draft.background, draft.need].filter(Boolean).join("\n")}
                domains={{ chosen: draft.tags ?? [], full: (draft.tags ?? []).length >= 6, onAdd: (code) => put({ ...draft, tags: [...(draft.tags ?? []), code] }) }}
                capabilities={{
                  chosen: (draft.capabilities ?? []).map((k) => k.tag),
                  full: (draft.capabilities ?? []).length >= 10,
                  onAdd: (tag) => put({ ...draft, capabilities: [...(draft.capabilities ?? []).filter((k) => k.tag), { tag, must: false, min_level: 3 }] }),
                }}
              />
            </div>
          }
          proof={<Proof challenge={current} kept={draft.fund_proof ?? ""} onKeep={(fund_proof) => put({ ...draft, fund_proof })} />}
          onChange={put}
        />
      </fieldset>
      {current.actions.includes("challenge.edit") && (
        <section className="stack tight" aria-label={t.draft.check}>
          <MissingList title={t.draft.missing} ready={check.data?.ready ? t.draft.ready : undefined} missing={faults} />
          {check.data && <ScorePanel quality={check.data.quality} />}
          <MissingList title={t.bid.warnings} missing={check.data?.warnings ?? []} />
        </section>
      )}
      <div className="sticky-bar">
        <SaveNote state={state} />
        {current.actions.includes("challenge.edit") && faults.length > 0 && <span className="muted small">{t.ui.fieldErrors(faults.length)}</span>}
        <Actions actions={current.actions} acts={acts} reasons={challengeReasons} looks={{ "challenge.withdraw": "danger" }} labelReason={t.reason} />
      </div>
    </div>
  );
}

/** The proof that the money is there: one file, read by the parties only. */
function Proof({ challenge: c, kept, onKeep }: { challenge: Challenge; kept: string; onKeep: (id: string) => void }) {
  const t = useText();
  const [fresh, setFresh] = useState<StoredFile>();
  const known = [...c.files, ...(fresh ? [fresh] : [])].find((f) => f.id === kept);
  const add = useAct(async ([file]: File[]) => {
    if (!file) return;
    const stored = await upload(file, { owner_kind: "challenge", owner_id: c.id, purpose: "fund_proof" });
    setFresh(stored);
    onKeep(stored.id);
  });
  return (
    <div className="stack tight">
      <strong>{t.draft.proof}</strong>
      <span className="muted small">{t.draft.proofHint}</span>
      {known && <FileLink file={known} get={download} />}
      <FileDrop label={t.actions["document.upload"]!} busy={add.pending} onFiles={(files) => void add.run(files)} />
      <ErrorNote failure={add.problem} />
    </div>
  );
}
