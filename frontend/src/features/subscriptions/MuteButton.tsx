import { useAct } from "../../client/act";
import { client, idempotent } from "../../client/setup";
import type { MuteBody } from "../../client/views";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

/** Takes one suggested challenge out of the list; it can be brought back under mutes. */
export function MuteButton({ challenge, title }: { challenge: string; title: string }) {
  const s = useMatchText().subscriptions;
  const mute = useAct((body: MuteBody, key) => client.POST("/api/v1/mutes", { body, headers: idempotent(key) }));
  return (
    <>
      <Button small look="quiet" busy={mute.pending} aria-label={s.hideOne(title)} title={s.hideOne(title)} onClick={() => void mute.run({ by: "challenge", value: challenge })}>
        {s.hide}
      </Button>
      <ErrorNote failure={mute.problem} />
    </>
  );
}
