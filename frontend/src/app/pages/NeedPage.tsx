import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useActs } from "../../client/act";
import { api, body, client, idempotent } from "../../client/setup";
import { useMe } from "../../client/session";
import type { Need } from "../../client/views";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { ScorePanel } from "../../features/challenges/ScorePanel";
import { ArgueDialog } from "../../features/needs/ArgueDialog";
import { MergeDialog } from "../../features/needs/MergeDialog";
import { needActs, needReasons } from "../../features/needs/needActs";
import { NeedArgument } from "../../features/needs/NeedArgument";
import { NeedForecast } from "../../features/needs/NeedForecast";
import { NeedTalk } from "../../features/needs/NeedTalk";
import { NeedText } from "../../features/needs/NeedText";
import { TrailTable } from "../../features/trail/TrailTable";
import { named, stateLabel, toneOf } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { StateTag } from "../../ui/StateTag";
import { Tabs, type Tab } from "../../ui/Tabs";
import { Time } from "../../ui/Time";
import { useId } from "./useId";
import "../../features/challenges/challenges.css";

/** One need, for its owner, the office and the experts named for it. */
export default function NeedPage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/needs/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(n) => <Shown need={n} />}</Loaded>;
}

function Shown({ need: n }: { need: Need }) {
  const { t, language } = useLanguage();
  const p = t.needs.page;
  const me = useMe();
  const go = useNavigate();
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const [dialog, setDialog] = useState<"argue" | "merge">();
  const capabilities = useTerms("capability");
  const chains = useTerms("chain");
  const chain = chains.find((c) => c.code === n.content.chain);
  const mine = me?.orgs.some((o) => o.id === n.owner_id) ?? false;
  const office = me?.roles.some((r) => ["officer", "operator", "auditor"].includes(r)) ?? false;
  const acts = useActs({
    ...needActs(n.id),
    "need.turn": async ({ key }) => {
      const turned = body(await client.POST("/api/v1/needs/{id}/turn", { params: { path: { id: n.id } }, headers: idempotent(key) }));
      if (mine) void go({ to: "/desk/challenges/$id/edit", params: { id: turned.challenge_id } });
    },
  });
  const tabs: Tab[] = [
    { key: "text", label: p.text, body: () => <NeedText need={n} capabilities={capabilities} /> },
    ...(mine || office ? [{ key: "talk", label: n.comments.length > 0 ? `${p.talk} (${n.comments.filter((c) => !c.resolved_at).length})` : p.talk, body: () => <NeedTalk need={n} /> }] : []),
    ...(n.argument.named > 0 ? [{ key: "argument", label: p.argument, body: () => <NeedArgument need={n} /> }] : []),
    ...(mine || office ? [{ key: "trail", label: p.history, body: () => <TrailTable kind="need" id={n.id} /> }] : []),
  ];
  const toScore = n.actions.includes("need.score");
  const chosen = tabs.some((x) => x.key === tab) ? tab! : "text";
  return (
    <div className="stack">
      <p className="small">
        <Link to="/desk/needs">← {p.desk}</Link>
      </p>
      <PageHead
        title={n.content.title || p.untitled}
        lead={
          <span className="row">
            <StateTag tone={toneOf(n.state)} label={stateLabel(t, "need", n.state)} />
            {n.code && <span className="mono">{n.code}</span>}
            <span>{[n.owner_name, n.city].filter(Boolean).join(" · ")}</span>
          </span>
        }
      />
      {n.reason && ["returned", "refining", "parked", "merged", "submitted"].includes(n.state) && (
        <p className={n.state === "returned" || n.state === "refining" ? "note warn" : "note"}>
          <strong>{p.decided}：</strong> {n.reason}
        </p>
      )}
      {n.merged_into && (
        <p className="note">
          {p.into}：
          {n.merged_into_title ? (
            <Link to="/needs/$id" params={{ id: n.merged_into }}>
              {n.merged_into_title}
            </Link>
          ) : (
            <span className="mono">{n.merged_into}</span>
          )}
        </p>
      )}
      {n.challenge_id && (
        <p className="note good row">
          {p.challenge}
          <Link to="/challenges/$id" params={{ id: n.challenge_id }}>
            {p.openChallenge}
          </Link>
        </p>
      )}
      <div className="row">
        {n.actions.includes("need.edit") && (
          <Link to="/needs/$id/edit" params={{ id: n.id }} className="button main">
            {t.actions["need.edit"]}
          </Link>
        )}
        {toScore && chosen !== "argument" && (
          <Link to="/needs/$id" params={{ id: n.id }} search={{ tab: "argument" }} className="button main">
            {t.actions["need.score"]}
          </Link>
        )}
        {n.actions.includes("need.argue") && (
          <Button look={n.state === "submitted" ? "main" : "plain"} onClick={() => setDialog("argue")}>
            {t.actions["need.argue"]}
          </Button>
        )}
        {n.actions.includes("need.merge") && <Button onClick={() => setDialog("merge")}>{t.actions["need.merge"]}</Button>}
        <Actions
          actions={n.actions.filter((a) => !(a === "need.submit" && n.state === "draft"))}
          acts={acts}
          reasons={needReasons}
          looks={{ "need.submit": "plain", "need.approve": "seal", "need.turn": "seal", "need.return": "danger", "need.refine": "plain", "need.park": "plain", "need.resume": "main" }}
          labelReason={p.reason}
        />
      </div>
      <div className="detail-layout">
        <Tabs label={p.text} tabs={tabs} chosen={chosen} onChoose={(key) => void go({ to: "/needs/$id", params: { id: n.id }, search: { tab: key }, replace: true, resetScroll: false })} />
        <aside className="stack">
          <section className="card" aria-label={p.facts}>
            <h2>{p.facts}</h2>
            <dl className="pairs">
              <dt>{p.chain}</dt>
              <dd>{chain ? named(chain, language) : n.content.chain || t.ui.none}</dd>
              <dt>{p.trl}</dt>
              <dd>{n.content.trl_current || n.content.trl_target ? `${n.content.trl_current || "?"} → ${n.content.trl_target || "?"}` : t.ui.none}</dd>
              <dt>{p.term}</dt>
              <dd>{n.content.term_months ? p.months(n.content.term_months) : t.ui.none}</dd>
              <dt>{p.window}</dt>
              <dd>{n.content.window_days ? p.days(n.content.window_days) : t.ui.none}</dd>
              <dt>{p.public}</dt>
              <dd>{n.content.publish ? p.yes : p.no}</dd>
              {n.content.contact?.name && (
                <>
                  <dt>{t.detail.contact}</dt>
                  <dd>{[n.content.contact.name, n.content.contact.phone, n.content.contact.email].filter(Boolean).join(" · ")}</dd>
                </>
              )}
              <dt>{p.updated}</dt>
              <dd>
                <Time at={n.updated_at} />
              </dd>
            </dl>
          </section>
          <ScorePanel quality={n.quality} />
          {(mine || office) && <NeedForecast need={n.id} version={n.version} capabilities={capabilities} />}
        </aside>
      </div>
      {dialog === "argue" && <ArgueDialog need={n} onClose={() => setDialog(undefined)} />}
      {dialog === "merge" && <MergeDialog need={n} onClose={() => setDialog(undefined)} />}
    </div>
  );
}
