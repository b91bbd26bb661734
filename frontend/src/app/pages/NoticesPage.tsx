import { NoticeList } from "../../features/notices/NoticeList";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { ThingLink } from "../shell/ThingLink";

export default function NoticesPage() {
  const t = useText();
  return (
    <div className="stack">
      <PageHead title={t.notices.title} />
      <NoticeList
        link={(n, words, seen) => {
          const bid = n.params.bid;
          const ownBid = typeof bid === "string" && bid !== "" && n.params.as !== "officer";
          return (
            <span onClick={seen}>
              <ThingLink kind={ownBid ? "bid" : n.params.as === "officer" ? "office" : n.params.as === "expert" ? "assignment" : n.thing_kind} id={ownBid ? bid : n.thing} challenge={typeof n.params.challenge === "string" ? n.params.challenge : undefined}>
                {words}
              </ThingLink>
            </span>
          );
        }}
      />
    </div>
  );
}
