import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { useAct, useActs } from "../../client/act";
import { clockOffset, learnExactly } from "../../client/clock";
import { useMe } from "../../client/session";
import { api, body, client } from "../../client/setup";
import { useText } from "../../text/text";
import { Actions } from "../../ui/Actions";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorNote } from "../../ui/ErrorNote";
import { Time } from "../../ui/Time";
import { useAbout } from "./useAbout";

const hour = 3_600_000;

/** Says on every page that this is a demo; who is signed in may move its clock or reset it. */
export function DemoBanner() {
  const t = useText();
  const me = useMe();
  const about = useAbout();
  const acts = useActs({ "demo.reset": () => client.POST("/api/v1/demo/reset") });
  const [open, setOpen] = useState(false);
  if (!about?.demo) return null;
  return (
    <>
      <aside className="demo-banner" aria-label={t.demo.name}>
        <span>{t.demo.banner}</span>
        {me?.actions.includes("demo.advance") && (
          <Button small onClick={() => setOpen(true)}>
            {t.clock.title}
          </Button>
        )}
        {me && <Actions actions={me.actions} acts={acts} small looks={{ "demo.reset": "plain" }} />}
      </aside>
      <Dialog title={t.clock.title} open={open} onClose={() => setOpen(false)}>
        {open && <Clock />}
      </Dialog>
    </>
  );
}

/** The challenge whose page this is, if it is one. */
function useChallengeHere() {
  const id = /\/challenges\/(chl_[a-z0-9]+)/.exec(useLocation().pathname)?.[1];
  return api.useQuery("get", "/api/v1/challenges/{id}", { params: { path: { id: id ?? "" } } }, { enabled: !!id }).data;
}

function Clock() {
  const t = useText();
  const queries = useQueryClient();
  const here = useChallengeHere();
  const [now, setNow] = useState(() => Date.now() + clockOffset());
  const [done, setDone] = useState(false);
  const move = useAct(async (hours: number) => {
    await client.POST("/api/v1/demo/advance", { body: { hours } });
    const about = body(await client.GET("/api/v1/about"));
    learnExactly(about.now, Date.now());
    setNow(Date.parse(about.now));
    setDone(true);
    await queries.invalidateQueries();
  });
  const dates = [
    { name: t.detail.clarify, at: here?.clarify_until },
    { name: t.detail.deadline, at: here?.bid_deadline },
    { name: t.detail.openAt, at: here?.open_at },
    { name: t.detail.publicity, at: here?.publicity_until },
  ].filter((d) => d.at && Date.parse(d.at) > now);
  return (
    <div className="stack">
      <p>
        {t.clock.now} <strong><Time at={new Date(now).toISOString()} seconds /></strong> {t.ui.zone}
      </p>
      <p className="muted small">{t.clock.hint}</p>
      <div className="row">
        <Button busy={move.pending} onClick={() => void move.run(24)}>
          {t.clock.day}
        </Button>
        <Button busy={move.pending} onClick={() => void move.run(24 * 7)}>
          {t.clock.week}
        </Button>
        {dates.map((d) => (
          <Button key={d.name} busy={move.pending} onClick={() => void move.run(Math.max(1, Math.ceil((Date.parse(d.at!) - now) / hour)))}>
            {t.clock.toHint(d.name)}
          </Button>
        ))}
      </div>
      <ErrorNote failure={move.problem} />
      {done && (
        <p className="note good" role="status">
          {t.clock.done}
        </p>
      )}
    </div>
  );
}
