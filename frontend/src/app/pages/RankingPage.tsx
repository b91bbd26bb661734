import { Link } from "@tanstack/react-router";
import { useChallenge } from "../../features/challenges/useChallenge";
import { useText } from "../../text/text";
import { PageHead } from "../../ui/PageHead";
import { RankingView } from "./RankingView";
import { useId } from "./useId";

export default function RankingPage() {
  const t = useText();
  const id = useId();
  const challenge = useChallenge(id);
  return (
    <div className="stack loose">
      <PageHead
        title={t.ranking.title}
        lead={
          challenge.data && (
            <Link to="/challenges/$id" params={{ id }}>
              {challenge.data.title}
            </Link>
          )
        }
        side={
          challenge.data?.shows.includes("award.show") && (
            <Link to="/challenges/$id/award" params={{ id }} className="button">
              {t.award.title}
            </Link>
          )
        }
      />
      <RankingView challenge={id} />
    </div>
  );
}
