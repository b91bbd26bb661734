import { useAct } from "../../client/act";
import { exporter } from "../../client/exporter";
import { api, client, ifMatch } from "../../client/setup";
import type { MatchTopic, Subscription, SubscriptionBody } from "../../client/views";
import { label, named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { ExportMenu } from "../../ui/ExportMenu";
import { Loaded } from "../../ui/Loaded";
import { Section } from "../../ui/Section";
import { Table } from "../../ui/Table";
import { Time } from "../../ui/Time";

const ended = (x: { state: string }) => x.state !== "ended";

/** What I am told of. */
export function SubscriptionList() {
  const s = useMatchText().subscriptions;
  const { t } = useLanguage();
  const query = api.useQuery("get", "/api/v1/subscriptions", {});
  const end = useAct((id: string) => client.DELETE("/api/v1/subscriptions/{id}", { params: { path: { id } } }));
  return (
    <Section title={s.list} side={query.data && s.count(query.data.items.filter(ended).length, query.data.most)} tools={<ExportMenu save={exporter("/api/v1/subscriptions")} />}>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            label={s.list}
            rows={items.filter(ended)}
            id={(x) => x.id}
            empty={<Empty title={s.none}>{s.noneHint}</Empty>}
            columns={[
              { key: "by", head: s.by, cell: (x) => label(s.topics, x.topic.by) },
              { key: "topic", head: s.topic, cell: (x) => <TopicName topic={x.topic} /> },
              { key: "band", head: s.band, cell: (x) => (x.band ? <Band of={x} /> : s.bandNone) },
              { key: "since", head: s.since, cell: (x) => <Time at={x.created_at} day /> },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (x) =>
                  x.actions.includes("subscription.end") && (
                    <Button small busy={end.pending} aria-label={`${s.end} ${x.topic.name}`} onClick={() => void end.run(x.id)}>
                      {s.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <ErrorNote failure={end.problem} />
    </Section>
  );
}

/** From which band up a team's suggestions are told; changed where it stands. */
function Band({ of: x }: { of: Subscription }) {
  const m = useMatchText();
  const s = m.subscriptions;
  const change = useAct((band: string) =>
    client.PUT("/api/v1/subscriptions/{id}", { params: { path: { id: x.id }, header: ifMatch(x) }, body: { by: "team", value: x.topic.value, band: band as NonNullable<SubscriptionBody["band"]> } }),
  );
  if (!x.actions.includes("subscription.edit")) return <>{s.bandUp(label(m.bands, x.band))}</>;
  return (
    <>
      <select className="input cell" aria-label={`${s.band} ${x.topic.name}`} value={x.band} disabled={change.pending} onChange={(e) => void change.run(e.target.value)}>
        {(["strong", "good", "fair"] as const).map((b) => (
          <option key={b} value={b}>
            {b === "strong" ? label(m.bands, b) : s.bandUp(label(m.bands, b))}
          </option>
        ))}
      </select>
      <ErrorNote failure={change.problem} />
    </>
  );
}

/** What I hear no more of. */
export function MuteList() {
  const s = useMatchText().subscriptions;
  const { t } = useLanguage();
  const query = api.useQuery("get", "/api/v1/mutes", {});
  const end = useAct((id: string) => client.DELETE("/api/v1/mutes/{id}", { params: { path: { id } } }));
  return (
    <Section title={s.mutes} side={query.data && s.count(query.data.items.filter(ended).length, query.data.most)} tools={<ExportMenu save={exporter("/api/v1/mutes")} />}>
      <Loaded query={query}>
        {({ items }) => (
          <Table
            label={s.mutes}
            rows={items.filter(ended)}
            id={(x) => x.id}
            empty={<Empty title={s.noMutes} />}
            columns={[
              { key: "by", head: s.by, cell: (x) => label(s.topics, x.topic.by) },
              { key: "topic", head: s.topic, cell: (x) => <TopicName topic={x.topic} /> },
              { key: "since", head: s.mutedSince, cell: (x) => <Time at={x.created_at} day /> },
              {
                key: "do",
                head: t.ui.actions,
                bare: true,
                cell: (x) =>
                  x.actions.includes("mute.end") && (
                    <Button small busy={end.pending} aria-label={`${s.unmute} ${x.topic.name}`} onClick={() => void end.run(x.id)}>
                      {s.unmute}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      <ErrorNote failure={end.problem} />
    </Section>
  );
}

function TopicName({ topic }: { topic: MatchTopic }) {
  const { language } = useLanguage();
  return <>{named(topic, language)}</>;
}
