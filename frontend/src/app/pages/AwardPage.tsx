import { Link } from "@tanstack/react-router";
import { useMe } from "../../client/session";
import { PublicityCard } from "../../features/awards/PublicityCard";
import { useChallenge } from "../../features/challenges/useChallenge";
import { ObjectionForm } from "../../features/objections/ObjectionForm";
import { useText } from "../../text/text";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { PageHead } from "../../ui/PageHead";
import { useId } from "./useId";

/** The result of a challenge for everybody: who is to win, until when one may object. */
export default function AwardPage() {
  const t = useText();
  const id = useId();
  const me = useMe();
  const query = useChallenge(id);
  return (
    <Loaded query={query}>
      {(c) => (
        <div className="stack">
          <PageHead
            title={t.award.title}
            lead={
              <Link to="/challenges/$id" params={{ id }}>
                {c.title}
              </Link>
            }
            side={
              c.shows.includes("ranking.show") && (
                <Link to="/challenges/$id/ranking" params={{ id }} className="button">
                  {t.ranking.title}
                </Link>
              )
            }
          />
          {!c.shows.includes("award.show") && <Empty title={t.award.none} />}
          <PublicityCard challenge={id} shown={c.shows.includes("award.show")}>
            {c.actions.includes("objection.file") && <ObjectionForm challenge={id} />}
            {c.state === "publicity" && !me && (
              <p className="muted small">
                {t.award.signInToObject}{" "}
                <Link to="/sign-in" search={{ to: `/challenges/${id}/award` }}>
                  {t.nav.signIn}
                </Link>
              </p>
            )}
          </PublicityCard>
        </div>
      )}
    </Loaded>
  );
}
