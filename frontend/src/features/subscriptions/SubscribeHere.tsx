import { useAct } from "../../client/act";
import { api, client, idempotent } from "../../client/setup";
import type { SubscriptionBody } from "../../client/views";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { ErrorNote } from "../../ui/ErrorNote";
import type { ReactNode } from "react";

interface Props {
  topics: { by: "chain" | "domain" | "capability" | "text"; value: string; name: string }[];
  manage: ReactNode;
}

/** Beside the public list: subscribe to what is searched for now. */
export default function SubscribeHere({ topics, manage }: Props) {
  const s = useMatchText().subscriptions;
  const mine = api.useQuery("get", "/api/v1/subscriptions", {}, { staleTime: 60_000 }).data?.items;
  const add = useAct((body: SubscriptionBody, key) => client.POST("/api/v1/subscriptions", { body, headers: idempotent(key) }));
  const has = (t: Props["topics"][number]) => mine?.some((x) => x.state !== "ended" && x.topic.by === t.by && x.topic.value === t.value);
  if (topics.length === 0) return null;
  return (
    <span className="row small">
      {topics.map((t) =>
        has(t) ? (
          <span key={t.by + t.value} className="muted">
            ✓ {t.name} {s.hereDone}
          </span>
        ) : (
          <Button key={t.by + t.value} small busy={add.pending} onClick={() => void add.run({ by: t.by, value: t.value })}>
            {s.hereFor(t.name)}
          </Button>
        ),
      )}
      {manage}
      <ErrorNote failure={add.problem} />
    </span>
  );
}
