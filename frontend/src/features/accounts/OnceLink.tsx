import { useState } from "react";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { Time } from "../../ui/Time";

interface Props {
  title: string;
  link: string;
  until: string;
}

/** A one-time link, shown to whoever made it. */
export function OnceLink({ title, link, until }: Props) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  const whole = new URL(link, location.origin).href;
  return (
    <div className="card stack tight" role="status">
      <h3>{title}</h3>
      <p className="small">
        {t.people.link} {t.people.linkHint}
      </p>
      <p>
        <code className="mono secret">{whole}</code>
      </p>
      <p className="row">
        {globalThis.navigator?.clipboard && (
          <Button small onClick={() => void navigator.clipboard.writeText(whole).then(() => setCopied(true))}>
            {copied ? t.people.copied : t.people.copy}
          </Button>
        )}
        <span className="muted small">
          {t.people.until} <Time at={until} />
        </span>
      </p>
    </div>
  );
}
