import { Link } from "@tanstack/react-router";
import { useTagNames } from "../../features/catalogue/useTagNames";
import { useTerms } from "../../features/catalogue/useCatalogue";
import SubscribeHere from "../../features/subscriptions/SubscribeHere";
import { useMatchText } from "../../text/useMatchText";

/** Subscribe to what the public list is narrowed to. */
export default function SubscribeToList({ q, chain, tag }: { q?: string; chain?: string; tag?: string }) {
  const m = useMatchText();
  const nameOf = useTagNames();
  const capability = useTerms("capability").some((x) => x.code === tag);
  return (
    <SubscribeHere
      topics={[
        ...(chain ? [{ by: "chain" as const, value: chain, name: nameOf(chain) }] : []),
        ...(tag ? [{ by: capability ? ("capability" as const) : ("domain" as const), value: tag, name: nameOf(tag) }] : []),
        ...(q ? [{ by: "text" as const, value: q, name: q }] : []),
      ]}
      manage={<Link to="/account/subscriptions">{m.subscriptions.hereManage}</Link>}
    />
  );
}
