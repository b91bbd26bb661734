import { useState } from "react";
import { useAct } from "../../client/act";
import { session } from "../../client/session";
import { api, body, client } from "../../client/setup";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { TextInput } from "../../ui/inputs";
import { Identities } from "./Identities";
import { Passkeys } from "./Passkeys";

/** The authenticator app and the recovery codes of the one who is signed in. */
export function SecondFactor() {
  const t = useText();
  const query = api.useQuery("get", "/api/v1/account/security", {});
  const [codes, setCodes] = useState<string[]>([]);
  const again = async () => session.know(body(await client.GET("/api/v1/account", {})));
  const drop = useAct(async () => {
    await client.DELETE("/api/v1/account/totp", {});
    await again();
  });
  const fresh = useAct(async () => setCodes(body(await client.POST("/api/v1/account/recovery-codes", {})).recovery_codes));
  return (
    <Section title={t.factor.title}>
      <Loaded query={query}>
        {(f) => (
          <div className="stack">
            <p className="row">
              <StateTag tone={f.totp || f.passkeys.length > 0 ? "good" : "plain"} label={f.totp || f.passkeys.length > 0 ? t.factor.on : t.factor.off} /> <span className="muted small">{t.factor.left(f.recovery_codes_left)}</span>
            </p>
            {codes.length > 0 && (
              <div className="card stack tight">
                <h3>{t.factor.codes}</h3>
                <p className="small">{t.factor.codesHint}</p>
                <ul className="codes mono">
                  {codes.map((c) => (
                    <li key={c}>{c}</li>
                  ))}
                </ul>
              </div>
            )}
            <ErrorNote failure={drop.problem ?? fresh.problem} />
            {(f.totp || f.passkeys.length > 0) && (
              <div>
                <Button busy={fresh.pending} onClick={() => void fresh.run()}>
                  {t.factor.fresh}
                </Button>
              </div>
            )}
            <h3>{t.people.app}</h3>
            {f.totp ? (
              <div>
                <Button look="quiet" busy={drop.pending} onClick={() => void drop.run()}>
                  {t.factor.remove}
                </Button>
              </div>
            ) : (
              <SetUp
                done={(list) => {
                  setCodes(list);
                  void again();
                }}
              />
            )}
            <Passkeys
              factors={f}
              onCodes={(list) => {
                setCodes(list);
                void again();
              }}
            />
            <Identities factors={f} />
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function SetUp({ done }: { done: (codes: string[]) => void }) {
  const t = useText();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [app, setApp] = useState<{ secret: string; qr: string[] }>();
  const begin = useAct(async () => setApp(body(await client.POST("/api/v1/account/totp", { body: { password } }))));
  const confirm = useAct(async () => done(body(await client.POST("/api/v1/account/totp/confirm", { body: { code } })).recovery_codes));
  const error = useErrors(begin.problem ?? confirm.problem);
  return (
    <form
      className="form card"
      onSubmit={(e) => {
        e.preventDefault();
        void (app ? confirm : begin).run();
      }}
    >
      {app ? (
        <>
          <p>{t.factor.scan}</p>
          <Picture rows={app.qr} label={t.factor.qr} />
          <p>
            {t.factor.secret} <code className="mono secret">{app.secret}</code>
          </p>
          <TextInput label={t.factor.code} required inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={error("code")} />
          <ErrorNote failure={confirm.problem} />
        </>
      ) : (
        <>
          <TextInput label={t.factor.password} type="password" required autoComplete="current-password" value={password} onChange={setPassword} error={error("password")} />
          <ErrorNote failure={begin.problem} />
        </>
      )}
      <Button type="submit" look="main" busy={begin.pending || confirm.pending}>
        {app ? t.ui.confirm : t.factor.begin}
      </Button>
    </form>
  );
}

/** A QR code, drawn here: its content is a secret and goes to nobody. */
function Picture({ rows, label: name }: { rows: string[]; label: string }) {
  const size = rows.length + 8;
  const path = rows.flatMap((row, y) => [...row].map((c, x) => (c === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
  return (
    <svg className="qr" role="img" aria-label={name} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
