import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { api, client, idempotent, ifMatch } from "../../client/setup";
import type { Alliance, SeatBody } from "../../client/views";
import { AllianceAgreement } from "../../features/alliances/AllianceAgreement";
import { AllianceForm, SeatFields } from "../../features/alliances/AllianceForm";
import { AllianceLead, AllianceYears } from "../../features/alliances/AllianceLead";
import { AllianceSeats } from "../../features/alliances/AllianceSeats";
import { label, named, stateLabel, toneOf } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { FormDialog } from "../../ui/FormDialog";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { useId } from "./useId";

export default function AlliancePage() {
  const id = useId();
  const query = api.useQuery("get", "/api/v1/alliances/{id}", { params: { path: { id } } });
  return <Loaded query={query}>{(a) => <Show alliance={a} />}</Loaded>;
}

function Show({ alliance: a }: { alliance: Alliance }) {
  const { t, language } = useLanguage();
  const [form, setForm] = useState<"edit" | "add">();
  const acts = useActs({
    "alliance.recognise": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/recognise", { params: { path: { id: a.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
    "alliance.lift": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/lift", { params: { path: { id: a.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
    "alliance.suspend": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/suspend", { params: { path: { id: a.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
    "alliance.dissolve": ({ key, reason }) => client.POST("/api/v1/alliances/{id}/dissolve", { params: { path: { id: a.id } }, body: { reason }, headers: { ...idempotent(key), ...ifMatch(a) } }),
  });
  return (
    <div className="stack loose">
      <p className="small">
        <Link to="/registers" search={{ tab: "alliances" }}>← {t.register.title}</Link>
      </p>
      <PageHead title={a.name} lead={<span className="mono">{a.code}</span>} side={<StateTag tone={toneOf(a.state)} label={stateLabel(t, "alliance", a.state)} />} />
      <div className="row">
        <Actions actions={a.actions} acts={acts} reasons={["alliance.recognise", "alliance.lift", "alliance.suspend", "alliance.dissolve"]} labelReason={t.reason} looks={{ "alliance.suspend": "danger", "alliance.dissolve": "danger" }} />
        {a.actions.includes("alliance.edit") && <Button onClick={() => setForm("edit")}>{t.actions["alliance.edit"]}</Button>}
      </div>
      {(a.state === "suspended" || a.state === "dissolved") && (
        <p className="note warn">
          {a.state === "suspended" && t.units.suspended} {a.state_reason}
        </p>
      )}
      <dl className="pairs card">
        <dt>{t.alliance.leader}</dt>
        <dd>
          <Link to="/orgs/$id" params={{ id: a.leader.id }}>
            {a.leader.name}
          </Link>
        </dd>
        <dt>{t.detail.chain}</dt>
        <dd>{named({ name_zh: a.chain_zh, name_en: a.chain_en, name: a.chain }, language)}</dd>
        <dt>{t.alliance.level}</dt>
        <dd>
          {label(t.alliance.levels, a.level)} · {label(t.alliance.tiers, a.tier)}
        </dd>
        <dt>{t.alliance.goal}</dt>
        <dd className="prose">{a.market_goal || t.ui.none}</dd>
        <dt>{t.alliance.benefit}</dt>
        <dd className="prose">{a.benefit_sharing || t.ui.none}</dd>
        <dt>{t.alliance.signed}</dt>
        <dd>
          {a.signed_on || t.ui.none} {a.valid_until && `— ${a.valid_until}`}
        </dd>
      </dl>
      <Section title={t.alliance.members} side={String(a.members.length)}>
        <AllianceSeats alliance={a} />
        {a.actions.includes("alliance.add_member") && (
          <div>
            <Button small onClick={() => setForm("add")}>
              {t.actions["alliance.add_member"]}
            </Button>
          </div>
        )}
      </Section>
      <AllianceLead alliance={a} />
      <AllianceAgreement alliance={a} />
      <AllianceYears alliance={a} />
      {form === "edit" && <AllianceForm alliance={a} onClose={() => setForm(undefined)} />}
      {form === "add" && <AddSeat alliance={a} onClose={() => setForm(undefined)} />}
    </div>
  );
}

function AddSeat({ alliance: a, onClose }: { alliance: Alliance; onClose: () => void }) {
  const { t } = useLanguage();
  const [seat, setSeat] = useState<SeatBody>({ org: "", role: "academic" });
  const add = useAct((_: void, key) => client.POST("/api/v1/alliances/{id}/members", { params: { path: { id: a.id } }, body: seat, headers: idempotent(key) }), onClose);
  const error = useErrors(add.problem);
  return (
    <FormDialog title={t.actions["alliance.add_member"]!} onClose={onClose} onSubmit={() => void add.run()} busy={add.pending} failure={add.problem} disabled={!seat.org}>
      <SeatFields seat={seat} onChange={setSeat} error={error("org")} />
    </FormDialog>
  );
}
