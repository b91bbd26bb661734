import { useState } from "react";
import { useAct } from "../../client/act";
import { api, client } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { Time } from "../../ui/Time";

/** The secret address of my calendar of deadlines: made, changed, taken back. */
export function CalendarAddress() {
  const t = useText();
  const w = t.post;
  const query = api.useQuery("get", "/api/v1/account/calendar", {});
  const [copied, setCopied] = useState(false);
  const make = useAct(() => client.POST("/api/v1/account/calendar", {}), () => setCopied(false));
  const end = useAct(() => client.DELETE("/api/v1/account/calendar", {}));
  return (
    <Section title={w.calendar}>
      <div className="card stack tight">
        <p>{w.calendarLead}</p>
        <Loaded query={query}>
          {(c) => (
            <>
              {c.url ? (
                <p className="row">
                  <input className="input mono" readOnly aria-label={w.calendar} value={c.url} onFocus={(e) => e.target.select()} />
                  <span className="muted small">
                    <Time at={c.created_at} />
                  </span>
                </p>
              ) : (
                <p className="muted">{w.calendarNone}</p>
              )}
              <div className="row">
                {c.url && (
                  <Button small onClick={() => void navigator.clipboard?.writeText(c.url).then(() => setCopied(true))}>
                    {copied ? `✓ ${w.copied}` : w.copy}
                  </Button>
                )}
                {c.actions.includes("calendar.make") && (
                  <Button small busy={make.pending} onClick={() => void make.run()}>
                    {c.url ? w.calendarAgain : w.calendarMake}
                  </Button>
                )}
                {c.url && c.actions.includes("calendar.end") && (
                  <Button small look="danger" busy={end.pending} onClick={() => void end.run()}>
                    {w.calendarEnd}
                  </Button>
                )}
              </div>
            </>
          )}
        </Loaded>
        <ErrorNote failure={make.problem ?? end.problem} />
        <p className="row small">
          <strong>{w.feeds}</strong>
          <a href="/api/v1/challenges.atom" type="application/atom+xml">
            {w.atom}
          </a>
          <a href="/api/v1/challenges.ics" type="text/calendar">
            {w.ics}
          </a>
          <span className="muted">{w.feedsLead}</span>
        </p>
      </div>
    </Section>
  );
}
