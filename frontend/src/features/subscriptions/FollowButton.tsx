import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import { useText } from "../../text/text";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";

/** Be told what becomes of this one challenge, or no more. */
export default function FollowButton({ challenge }: { challenge: string }) {
  const w = useText().post;
  const query = api.useQuery("get", "/api/v1/subscriptions", {}, { staleTime: 60_000 });
  const mine = query.data?.items.find((x) => x.state === "active" && x.topic.by === "challenge" && x.topic.value === challenge);
  const add = useAct((_: void, key) => client.POST("/api/v1/subscriptions", { body: { by: "challenge", value: challenge }, headers: idempotent(key) }));
  const end = useAct((id: string) => client.DELETE("/api/v1/subscriptions/{id}", { params: { path: { id } } }));
  if (!query.data) return null;
  return (
    <>
      <Button aria-pressed={!!mine} busy={add.pending || end.pending} title={w.followHint} onClick={() => void (mine ? end.run(mine.id) : add.run())}>
        {mine ? `★ ${w.following}` : `☆ ${w.follow}`}
      </Button>
      <ErrorNote failure={add.problem ?? end.problem} />
    </>
  );
}
