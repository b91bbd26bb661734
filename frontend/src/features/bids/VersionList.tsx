import { api } from "../../client/setup";
import { useText } from "../../text/text";
import { Time } from "../../ui/Time";

/** The saved versions of a draft, each with the digest of its content. */
export function VersionList({ bid }: { bid: string }) {
  const t = useText();
  const { data } = api.useQuery("get", "/api/v1/bids/{id}/versions", { params: { path: { id: bid } } });
  if (!data?.items.length) return null;
  return (
    <details>
      <summary>
        {t.bid.versions} ({data.items.length})
      </summary>
      <ul className="plain-list small">
        {data.items.map((v) => (
          <li key={v.version}>
            {t.bid.version(v.version)} · <Time at={v.saved_at} seconds /> · {v.saved_by} · <span className="mono">{v.digest.slice(0, 12)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
