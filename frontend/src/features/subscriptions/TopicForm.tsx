import { useState } from "react";
import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { MuteBody, SubscriptionBody } from "../../client/views";
import { label } from "../../text/say";
import { useErrors } from "../../text/useErrors";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Select, TextInput, type Choice } from "../../ui/inputs";

export interface TopicChoices {
  chain: Choice[];
  domain: Choice[];
  capability: Choice[];
  team: Choice[];
}

const bands = ["strong", "good", "fair"] as const;
type Band = (typeof bands)[number];

/** A new subscription: by chain, domain, capability, words, or the suggestions of one's team. */
export function SubscribeForm({ choices }: { choices: TopicChoices }) {
  const m = useMatchText();
  const s = m.subscriptions;
  const [by, setBy] = useState<SubscriptionBody["by"]>("chain");
  const [value, setValue] = useState("");
  const [band, setBand] = useState<Band>("good");
  const add = useAct(
    (_: void, key) => client.POST("/api/v1/subscriptions", { body: { by, value: value.trim(), ...(by === "team" && { band }) }, headers: idempotent(key) }),
    () => setValue(""),
  );
  const error = useErrors(add.problem);
  return (
    <form
      className="card stack"
      aria-label={s.add}
      onSubmit={(e) => {
        e.preventDefault();
        void add.run();
      }}
    >
      <h3>{s.add}</h3>
      <div className="form-grid">
        <By by={by} kinds={["chain", "domain", "capability", "text", "team"]} onChange={(v) => (setBy(v), setValue(""), add.clear())} />
        <Value by={by} value={value} onChange={setValue} choices={choices} error={error("value")} />
        {by === "team" && <Select label={s.band} value={band} onChange={(v) => setBand(v as Band)} choices={bands.map((b) => ({ value: b, label: b === "strong" ? label(m.bands, b) : s.bandUp(label(m.bands, b)) }))} />}
      </div>
      <ErrorNote failure={add.problem} />
      <div>
        <Button type="submit" look="main" busy={add.pending} disabled={!value.trim()}>
          {s.addGo}
        </Button>
      </div>
    </form>
  );
}

/** A new mute; single challenges and units are muted where they are met. */
export function MuteForm({ choices }: { choices: TopicChoices }) {
  const s = useMatchText().subscriptions;
  const [by, setBy] = useState<MuteBody["by"]>("chain");
  const [value, setValue] = useState("");
  const add = useAct(
    (_: void, key) => client.POST("/api/v1/mutes", { body: { by, value }, headers: idempotent(key) }),
    () => setValue(""),
  );
  const error = useErrors(add.problem);
  return (
    <form
      className="card stack"
      aria-label={s.addMute}
      onSubmit={(e) => {
        e.preventDefault();
        void add.run();
      }}
    >
      <h3>{s.addMute}</h3>
      <div className="form-grid">
        <By by={by} kinds={["chain", "domain", "capability", "team"]} onChange={(v) => (setBy(v), setValue(""), add.clear())} />
        <Value by={by} value={value} onChange={setValue} choices={choices} error={error("value")} />
      </div>
      <p className="muted small">{s.idHint}</p>
      <ErrorNote failure={add.problem} />
      <div>
        <Button type="submit" busy={add.pending} disabled={!value}>
          {s.muteGo}
        </Button>
      </div>
    </form>
  );
}

function By<K extends string>({ by, kinds, onChange }: { by: K; kinds: NoInfer<K>[]; onChange: (by: K) => void }) {
  const s = useMatchText().subscriptions;
  return <Select label={s.by} value={by} onChange={(v) => v && onChange(v as K)} choices={kinds.map((k) => ({ value: k, label: label(s.topics, k) }))} />;
}

function Value({ by, value, onChange, choices, error }: { by: string; value: string; onChange: (v: string) => void; choices: TopicChoices; error?: string }) {
  const s = useMatchText().subscriptions;
  if (by === "text") return <TextInput label={s.text} hint={s.textHint} required maxLength={200} value={value} onChange={onChange} error={error} />;
  const list = choices[by as keyof TopicChoices] ?? [];
  return <Select label={s.topic} required value={value} onChange={onChange} choices={list} {...(by === "team" && list.length === 0 && { hint: s.noTeam })} error={error} />;
}
