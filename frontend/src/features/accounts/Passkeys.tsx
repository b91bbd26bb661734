import { useState } from "react";
import { useAct } from "../../client/act";
import { passkeysHere } from "../../client/passkey";
import { client } from "../../client/setup";
import type { Factors } from "../../client/views";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { FormDialog } from "../../ui/FormDialog";
import { TextInput } from "../../ui/inputs";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";
import { addPasskey } from "./passkeyAsked";

interface Props {
  factors: Factors;
  /** Codes are shown once, where the page shows them. */
  onCodes: (codes: string[]) => void;
}

/** The passkeys of the one who is signed in. */
export function Passkeys({ factors, onCodes }: Props) {
  const t = useText();
  const [adding, setAdding] = useState(false);
  const [naming, setNaming] = useState<{ id: string; name: string }>();
  const drop = useAct((passkey: string) => client.DELETE("/api/v1/account/passkeys/{passkey}", { params: { path: { passkey } } }));
  return (
    <div className="stack tight">
      <h3>{t.people.passkeys}</h3>
      <p className="muted small">{factors.passkeys_offered ? t.people.passkeysLead : t.people.noPasskeysHere}</p>
      {factors.passkeys.length > 0 && (
        <Table
          label={t.people.passkeys}
          rows={factors.passkeys}
          id={(p) => p.id}
          columns={[
            { key: "name", head: t.people.passkeyName, cell: (p) => p.name },
            { key: "since", head: t.people.passkeySince, cell: (p) => <Time at={p.created_at} day /> },
            { key: "used", head: t.people.passkeyUsed, cell: (p) => (p.used_at ? <Time at={p.used_at} /> : t.ui.none) },
            {
              key: "do",
              head: t.ui.actions,
              bare: true,
              cell: (p) => (
                <div className="row">
                  <Button small look="quiet" onClick={() => setNaming({ id: p.id, name: p.name })}>
                    {t.people.rename}
                  </Button>
                  <Button small look="quiet" busy={drop.pending} onClick={() => void drop.run(p.id)}>
                    {t.people.remove}
                  </Button>
                </div>
              ),
            },
          ]}
        />
      )}
      <ErrorNote failure={drop.problem} />
      {factors.passkeys_offered && passkeysHere() && (
        <div>
          <Button onClick={() => setAdding(true)}>{t.actions["account.add_passkey"]}</Button>
        </div>
      )}
      {adding && (
        <Add
          onClose={() => setAdding(false)}
          done={(codes) => {
            setAdding(false);
            if (codes.length > 0) onCodes(codes);
          }}
        />
      )}
      {naming && <Rename passkey={naming} onClose={() => setNaming(undefined)} />}
    </div>
  );
}

function Add({ onClose, done }: { onClose: () => void; done: (codes: string[]) => void }) {
  const t = useText();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const add = useAct(() => addPasskey(password, name.trim()), (made) => done(made.recovery_codes));
  const error = useErrors(add.problem);
  return (
    <FormDialog title={t.actions["account.add_passkey"]!} onClose={onClose} onSubmit={() => void add.run()} busy={add.pending} failure={add.problem} disabled={!name.trim() || !password}>
      <p className="muted">{t.people.addLead}</p>
      <TextInput label={t.people.passkeyName} hint={t.people.passkeyNameHint} required maxLength={60} value={name} onChange={setName} error={error("name")} />
      <TextInput label={t.factor.password} type="password" required autoComplete="current-password" value={password} onChange={setPassword} error={error("password")} />
    </FormDialog>
  );
}

function Rename({ passkey, onClose }: { passkey: { id: string; name: string }; onClose: () => void }) {
  const t = useText();
  const [name, setName] = useState(passkey.name);
  const rename = useAct(() => client.POST("/api/v1/account/passkeys/{passkey}/rename", { params: { path: { passkey: passkey.id } }, body: { name: name.trim() } }), onClose);
  const error = useErrors(rename.problem);
  return (
    <FormDialog title={t.actions["account.rename_passkey"]!} onClose={onClose} onSubmit={() => void rename.run()} busy={rename.pending} failure={rename.problem} disabled={!name.trim()}>
      <TextInput label={t.people.passkeyName} required maxLength={60} value={name} onChange={setName} error={error("name")} />
    </FormDialog>
  );
}
