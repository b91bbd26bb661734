import { useState, type ReactNode } from "react";
import { useAct } from "../../client/act";
import { client, ifMatch } from "../../client/setup";
import type { NoticeChoice, NoticeSettings as Settings } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import { useErrors } from "../../text/useErrors";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Check, TextInput } from "../../ui/inputs";
import { Section } from "../../ui/Section";
import { StateTag } from "../../ui/StateTag";
import { Time } from "../../ui/Time";
import "./notices.css";

const ways = ["on", "digest", "off"] as const;
type Way = (typeof ways)[number];

interface Props {
  settings: Settings;
  account: ReactNode;
  saved: boolean;
  onSaved: (saved: boolean) => void;
}

/** Of each kind of notice: a letter at once, in the letter of the day, or none; and when. */
export function NoticeSettings({ settings, account, saved, onSaved }: Props) {
  const t = useText();
  const w = t.post;
  const [mail, setMail] = useState(settings.mail);
  const [hours, setHours] = useState({ quiet_from: settings.quiet_from, quiet_until: settings.quiet_until, digest_at: settings.digest_at, zone: settings.zone });
  const [said, setSaid] = useState<Record<string, Way>>({});
  const save = useAct(
    () => client.PUT("/api/v1/account/notices", { params: { header: ifMatch(settings) }, body: { mail, ...hours, kinds: Object.entries(said).map(([kind, way]) => ({ kind, mail: way })) } }),
    () => {
      setSaid({});
      onSaved(true);
    },
  );
  const error = useErrors(save.problem);
  const say = (kinds: NoticeChoice[], way: Way) => {
    onSaved(false);
    setSaid({ ...said, ...Object.fromEntries(kinds.map((k) => [k.kind, way])) });
  };
  const hour = (name: "quiet_from" | "quiet_until" | "digest_at", words: string) => (
    <TextInput label={words} type="time" required value={hours[name]} onChange={(v) => (onSaved(false), setHours({ ...hours, [name]: v }))} error={error(name)} />
  );
  const off = mail === "off";
  const groups = [...new Set(settings.kinds.map((k) => k.group ?? "platform"))];
  return (
    <form
      className="stack loose"
      onSubmit={(e) => {
        e.preventDefault();
        void save.run();
      }}
    >
      <Section title={w.mail}>
        <div className="card form">
          <div className="row">
            <span>{w.address(settings.email)}</span>
            <StateTag tone={settings.address === "refused" || settings.address === "none" ? "warn" : settings.address === "taken" ? "good" : "plain"} label={label(w.addresses, settings.address)} />
            {account}
          </div>
          {!settings.mail_server && <p className="note warn">{w.noServer}</p>}
          <Check label={w.allMail} checked={!off} onChange={(on) => (onSaved(false), setMail(on ? "on" : "off"))} />
          <div className="form-grid">
            {hour("quiet_from", w.quietFrom)}
            {hour("quiet_until", w.quietUntil)}
            {hour("digest_at", w.digestAt)}
            <TextInput label={w.zone} value={hours.zone} onChange={(zone) => (onSaved(false), setHours({ ...hours, zone }))} error={error("zone")} />
          </div>
          <p className="muted small">
            {w.quietHint} {w.nextDigest}: <Time at={settings.next_digest} />
          </p>
        </div>
      </Section>
      <Section title={w.kind} side={`${w.inApp}: ${w.always}`}>
        <div className="stack tight">
          {groups.map((group) => {
            const kinds = settings.kinds.filter((k) => (k.group ?? "platform") === group);
            const now = [...new Set(kinds.map((k) => said[k.kind] ?? k.mail))];
            return (
              <details key={group} className="card choices">
                <summary>
                  <strong>{label(w.groups, group)}</strong>
                  <span className="muted small">{now.map((x) => label(w.mails, x)).join(" · ")}</span>
                </summary>
                <div className="choice">
                  <span className="muted">{w.groupMail}</span>
                  <Ways name={`${label(w.groups, group)} ${w.groupMail}`} value={now.length === 1 ? now[0]! : ""} disabled={off} onChange={(way) => say(kinds, way)} />
                </div>
                {kinds.map((k) => (
                  <div key={k.kind} className="choice">
                    <span>
                      {label(w.kinds, k.kind)} <span className="muted small">{k.chosen || said[k.kind] ? w.own : w.usual}</span>
                    </span>
                    <Ways name={label(w.kinds, k.kind)} value={said[k.kind] ?? k.mail} disabled={off} onChange={(way) => say([k], way)} />
                  </div>
                ))}
              </details>
            );
          })}
        </div>
      </Section>
      <ErrorNote failure={save.problem} />
      <div className="sticky-bar">
        <span className="muted" role="status">
          {saved && `✓ ${w.saved}`}
        </span>
        <Button type="submit" look="main" busy={save.pending}>
          {w.save}
        </Button>
      </div>
    </form>
  );
}

function Ways({ name, value, onChange, disabled }: { name: string; value: string; onChange: (way: Way) => void; disabled: boolean }) {
  const w = useText().post;
  return (
    <select className="input cell" aria-label={`${name}: ${w.mail}`} value={value} disabled={disabled} onChange={(e) => e.target.value && onChange(e.target.value as Way)}>
      {value === "" && <option value="">—</option>}
      {ways.map((x) => (
        <option key={x} value={x}>
          {label(w.mails, x)}
        </option>
      ))}
    </select>
  );
}
