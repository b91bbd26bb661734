import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { api, body, client, ifMatch } from "../../client/setup";
import { asProblem } from "../../client/problem";
import type { AccountState } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { TextArea, TextInput } from "../../ui/inputs";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import { OnceLink } from "./OnceLink";

/** Accounts by their login, and those that wrong tries have locked. */
export function AccountsDesk() {
  const t = useText();
  const [login, setLogin] = useState("");
  const [found, setFound] = useState<string>();
  const locked = api.useQuery("get", "/api/v1/accounts/locked", {});
  const account = api.useQuery("get", "/api/v1/accounts/{id}", { params: { path: { id: found ?? "" } } }, { enabled: !!found });
  const find = useAct(async () => setFound(body(await client.GET("/api/v1/accounts/find", { params: { query: { login: login.trim() } } })).id));
  return (
    <div className="stack loose">
      <Section title={t.people.locked}>
        <Loaded query={locked}>
          {({ accounts }) =>
            accounts.length === 0 ? (
              <Empty title={t.people.noLocked} />
            ) : (
              <div className="stack">
                {accounts.map((a) => (
                  <Account key={a.id} account={a} />
                ))}
              </div>
            )
          }
        </Loaded>
      </Section>
      <Section title={t.people.find}>
        <form
          className="row"
          role="search"
          onSubmit={(e) => {
            e.preventDefault();
            setFound(undefined);
            void find.run();
          }}
        >
          <TextInput label={t.offices.login} hint={t.people.findHint} required autoCapitalize="none" spellCheck={false} value={login} onChange={setLogin} />
          <Button type="submit" busy={find.pending}>
            {t.people.look}
          </Button>
        </form>
        <ErrorNote failure={find.problem} />
        {found && <Loaded query={account}>{(a) => <Account key={a.id} account={a} />}</Loaded>}
      </Section>
    </div>
  );
}

function Account({ account: a }: { account: AccountState }) {
  const t = useText();
  const [reset, setReset] = useState<{ link: string; expires_at: string }>();
  const [linking, setLinking] = useState(false);
  const params = { path: { id: a.id } };
  const acts = useActs({
    "account.unlock": () => client.POST("/api/v1/accounts/{id}/unlock", { params }),
    "account.make_reset": async ({ reason }) => setReset(body(await client.POST("/api/v1/accounts/{id}/reset-link", { params, body: { reason } }))),
    "account.disable": ({ reason }) => client.POST("/api/v1/accounts/{id}/disable", { params, body: { reason }, headers: ifMatch(a) }),
    "account.enable": () => client.POST("/api/v1/accounts/{id}/enable", { params, headers: ifMatch(a) }),
  });
  return (
    <article className="card stack tight" aria-label={a.login}>
      <h3>
        {a.name} <span className="mono small muted">{a.login}</span>
      </h3>
      <dl className="pairs">
        <dt>{t.people.state}</dt>
        <dd>
          <StateTag tone={a.state === "active" ? "good" : "bad"} label={a.state === "active" ? t.people.active : t.people.disabled} />
        </dd>
        {a.locked_until && (
          <>
            <dt>{t.people.lockedUntil}</dt>
            <dd>
              <Time at={a.locked_until} />
            </dd>
          </>
        )}
        <dt>{t.people.second_factor}</dt>
        <dd>{a.second_factor ? t.people.yes : t.people.no}</dd>
        <dt>{t.people.offices}</dt>
        <dd>{a.roles.map((r) => label(t.roles, r)).join(t.ui.comma) || t.ui.none}</dd>
      </dl>
      <Actions actions={a.actions} acts={acts} small reasons={["account.make_reset", "account.disable"]} looks={{ "account.disable": "danger" }} labelReason={t.people.reason} />
      {a.actions.includes("account.link") && (
        <div>
          <Button small look="quiet" onClick={() => setLinking(true)}>
            {t.actions["account.link"]}
          </Button>
        </div>
      )}
      {reset && <OnceLink title={t.people.resetMade} link={reset.link} until={reset.expires_at} />}
      {linking && <LinkAccount id={a.id} onClose={() => setLinking(false)} />}
    </article>
  );
}

function LinkAccount({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText();
  const [by, setBy] = useState({ subject: "", reason: "" });
  const link = useAct(() => client.POST("/api/v1/accounts/{id}/identities", { params: { path: { id } }, body: { subject: by.subject.trim(), reason: by.reason.trim() } }), onClose);
  const error = useErrors(link.problem && asProblem(link.problem));
  return (
    <FormDialog title={t.people.linkTitle} onClose={onClose} onSubmit={() => void link.run()} busy={link.pending} failure={link.problem} disabled={!by.subject.trim() || by.reason.trim().length < 4}>
      <TextInput label={t.people.subject} hint={t.people.subjectHint} required maxLength={255} value={by.subject} onChange={(subject) => setBy({ ...by, subject })} error={error("subject")} />
      <TextArea label={t.people.reason} required maxLength={500} value={by.reason} onChange={(reason) => setBy({ ...by, reason })} error={error("reason")} />
    </FormDialog>
  );
}
