import type { Challenge } from "../../client/views";
import { InvitationDesk } from "../../features/invitations/InvitationDesk";
import { ReachCounts } from "../../features/invitations/ReachCounts";
import { TeamLink } from "./ChallengeMatches";

/** Whom a challenge has invited and could invite; for the office also whom it has reached. */
export function ChallengeInvitations({ challenge: c }: { challenge: Challenge }) {
  return (
    <div className="stack loose">
      {c.shows.includes("match.reach") && <ReachCounts challenge={c.id} />}
      <InvitationDesk challenge={c.id} sends={c.actions.includes("invitation.send")} link={(team) => <TeamLink team={team} />} />
    </div>
  );
}
