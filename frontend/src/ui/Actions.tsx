import { useState } from "react";
import { Button, type Look } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNote } from "./ErrorNote";
import { TextArea } from "./inputs";
import { useUi } from "./words";

/** What can be done here: named handlers, the one under way, and what went wrong. */
export interface Acts {
  names: string[];
  run: (name: string, reason: string) => Promise<boolean>;
  pending?: string;
  failure?: unknown;
  clear: () => void;
}

interface Props {
  /** The names the view says may be done now. */
  actions: string[];
  acts: Acts;
  /** Those that ask for a written reason. */
  reasons?: string[];
  /** The look of a button; the first one is the main one unless said. */
  looks?: Record<string, Look>;
  labelReason?: string;
  small?: boolean;
}

/** A button for each action that the view allows and the page can do, in the page's order. */
export function Actions({ actions, acts, reasons = [], looks = {}, labelReason = "", small }: Props) {
  const { words, action, sure } = useUi();
  const [asked, setAsked] = useState<string>();
  const [reason, setReason] = useState("");
  const drawn = acts.names.filter((name) => actions.includes(name));
  if (drawn.length === 0) return null;

  const close = () => {
    setAsked(undefined);
    setReason("");
    acts.clear();
  };
  const start = (name: string) => {
    acts.clear();
    if (reasons.includes(name) || sure(name)) setAsked(name);
    else void acts.run(name, "");
  };
  const go = async (name: string) => {
    if (await acts.run(name, reason.trim())) close();
  };
  const needsReason = asked !== undefined && reasons.includes(asked);

  return (
    <div className="actions stack tight">
      <div className="row">
        {drawn.map((name, i) => (
          <Button key={name} small={small} look={looks[name] ?? (i === 0 ? "main" : "plain")} busy={acts.pending === name} onClick={() => start(name)}>
            {action(name)}
          </Button>
        ))}
      </div>
      {!asked && <ErrorNote failure={acts.failure} />}
      <Dialog title={asked ? action(asked) : ""} open={asked !== undefined} onClose={close}>
        {asked && (
          <form
            className="form"
            onSubmit={(e) => {
              e.preventDefault();
              void go(asked);
            }}
          >
            {sure(asked) && <p>{sure(asked)}</p>}
            {needsReason && <TextArea label={labelReason} required value={reason} onChange={setReason} />}
            <ErrorNote failure={acts.failure} />
            <div className="row">
              <Button type="submit" look={looks[asked] ?? "main"} busy={acts.pending === asked} disabled={needsReason && !reason.trim()}>
                {words.confirm}
              </Button>
              <Button onClick={close}>{words.cancel}</Button>
            </div>
          </form>
        )}
      </Dialog>
    </div>
  );
}
