import { Link } from "@tanstack/react-router";
import { NoticeList } from "../../features/notices/NoticeList";
import { WhyLine } from "../../features/subscriptions/WhyLine";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";
import { ThingLink } from "../shell/ThingLink";

export default function NoticesPage() {
  const t = useText();
  return (
    <div className="stack">
      <PageHead
        title={t.notices.title}
        side={<NoticeLinks />}
      />
      <NoticeList
        below={(n) => <WhyLine notice={n} />}
        link={(n, words, seen) => {
          if (n.kind === "invitation.send" && typeof n.params.team === "string")
            return (
              <Link to="/teams/$id/matches" params={{ id: n.params.team }} onClick={seen}>
                {words}
              </Link>
            );
          if (n.thing_kind === "invitation" && typeof n.params.challenge === "string")
            return (
              <Link to="/challenges/$id" params={{ id: n.params.challenge }} search={{ tab: "invitations" }} onClick={seen}>
                {words}
              </Link>
            );
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
