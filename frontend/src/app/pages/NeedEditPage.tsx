import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useActs } from "../../client/act";
import { useAutosave } from "../../client/autosave";
import { asProblem } from "../../client/problem";
import { api, body, client, ifMatch } from "../../client/setup";
import type { IndicatorBody, Need, NeedBody } from "../../client/views";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { IndicatorEditor } from "../../features/challenges/IndicatorEditor";
import { ScorePanel } from "../../features/challenges/ScorePanel";
import { TagOffer } from "../../features/matches/TagOffer";
import { needActs } from "../../features/needs/needActs";
import { NeedForecast } from "../../features/needs/NeedForecast";
import { NeedForm } from "../../features/needs/NeedForm";
import { faultText } from "../../text/problem";
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

export default function NeedEditPage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/needs/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(n) => <Write key={n.id} need={n} />}</Loaded>;
}

function Write({ need }: { need: Need }) {
  const t = useText();
  const p = t.needs.page;
  const go = useNavigate();
  const chains = useTerms("chain");
  const domains = useTerms("domain");
  const capabilities = useTerms("capability");
  const [draft, setDraft] = useState<NeedBody>(() => need.content);
  const [now, setNow] = useState(need);
  const current = need.version > now.version ? need : now;
  const params = { path: { id: need.id } };
  const may = current.actions.includes("need.edit");
  const { state, change, settle } = useAutosave<NeedBody>(current, async (value, on) => {
    const saved = body(await client.PUT("/api/v1/needs/{id}", { params: { ...params, header: ifMatch(on) }, body: value }));
    setNow(saved);
    return saved;
  });
  // Asked anew for each version that the server has kept.
  const quality = useQuery({
    queryKey: ["need.quality", need.id, current.version],
    queryFn: async ({ signal }) => body(await client.GET("/api/v1/needs/{id}/quality", { params, signal })),
    placeholderData: keepPreviousData,
  });
  const submit = needActs(need.id)["need.submit"]!;
  const acts = useActs({
    "need.submit": async (given) => {
      await settle();
      await submit(given);
      void go({ to: "/needs/$id", params: { id: need.id } });
    },
  });
  const put = (next: NeedBody) => {
    setDraft(next);
    change(next);
    acts.clear();
  };
  const faults = acts.failure ? asProblem(acts.failure).fields : [];
  const fault = (path: string) => {
    const found = faults.find((f) => f.path === path);
    return found && { error: faultText(t, found) };
  };
  return (
    <div className="stack">
      <PageHead
        title={p.form}
        lead={
          <>
            <Link to="/needs/$id" params={{ id: need.id }}>
              {current.content.title || p.untitled}
            </Link>
            <br />
            {p.formLead}
          </>
        }
        side={<StateTag tone={toneOf(current.state)} label={stateLabel(t, "need", current.state)} />}
      />
      {current.reason && ["returned", "refining"].includes(current.state) && (
        <p className="note warn">
          <strong>{p.decided}：</strong> {current.reason}
        </p>
      )}
      <div className="detail-layout">
        <div className="stack">
          <fieldset disabled={!may}>
            <NeedForm
              need={draft}
              chains={chains}
              domains={domains}
              capabilities={capabilities}
              faults={faults}
              indicators={<IndicatorEditor unweighted indicators={(draft.indicators ?? []) as IndicatorBody[]} onChange={(indicators) => put({ ...draft, indicators })} fault={fault} />}
              offer={
                <div className="card">
                  <TagOffer
                    text={[draft.title, draft.problem, draft.background].filter(Boolean).join("\n")}
                    domains={{ chosen: draft.tags ?? [], full: (draft.tags ?? []).length >= 6, onAdd: (code) => put({ ...draft, tags: [...(draft.tags ?? []), code] }) }}
                    capabilities={{
                      chosen: (draft.capabilities ?? []).map((k) => k.tag),
                      full: (draft.capabilities ?? []).length >= 10,
                      onAdd: (tag) => put({ ...draft, capabilities: [...(draft.capabilities ?? []), { tag, must: false, min_level: 3 }] }),
                    }}
                  />
                </div>
              }
              onChange={put}
            />
          </fieldset>
          <MissingList title={p.missing} missing={faults} />
          <div className="sticky-bar">
            <SaveNote state={state} />
            <strong className="number">
              {p.quality} {quality.data?.score ?? current.quality.score} / 100
            </strong>
            <Actions actions={current.actions} acts={acts} labelReason={p.reason} />
          </div>
          <p className="muted small">{p.sent}</p>
        </div>
        <aside className="stack">
          <ScorePanel quality={quality.data ?? current.quality} open />
          <NeedForecast need={need.id} version={current.version} capabilities={capabilities} />
        </aside>
      </div>
    </div>
  );
}
