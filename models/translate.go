package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"

	"jiebang/internal/problem"
)

// uniques names what a broken unique index means to a person. PostgreSQL reports the
// index, SQLite the columns; both stand here so that both give the same answer.
var uniques = []struct{ index, columns, code, message string }{
	{"ux_users_login", "users.login", "account.login_taken", "This login is taken; choose another."},
	{"ux_orgs_uscc", "orgs.uscc", "org.registered_already", "A unit with this credit code is registered already."},
	{"ux_teams_code", "teams.code", "team.code_taken", "This team code is taken."},
	{"ux_memberships_live", "memberships.user_id, memberships.org_id", "membership.exists", "This person belongs to the unit already."},
	{"ux_team_members_live", "team_members.team_id, team_members.user_id", "team.member_exists", "This person is on the team already."},
	{"ux_alliance_members_live", "alliance_members.alliance_id, alliance_members.org_id", "alliance.member_exists", "This unit is a member already."},
	{"ux_experts_user", "experts.user_id", "expert.registered_already", "This account is registered as an expert already."},
	{"ux_catalogues_code", "catalogues.kind, catalogues.code", "catalogue.exists", "This catalogue version exists already."},
	{"ux_batches_no", "batches.region, batches.year, batches.no", "batch.exists", "This batch exists already."},
	{"ux_batches_code", "batches.region_code, batches.year, batches.no", "batch.code_taken", "Another batch of this year and number uses the same region code; challenge codes would collide."},
	{"ux_alliances_code", "alliances.code", "alliance.code_taken", "This alliance code is taken."},
	{"ux_team_members_lead", "team_members.team_id", "team.has_lead", "The team has a lead already."},
	{"ux_experts_code", "experts.code", "expert.code_taken", "This expert code is taken."},
	{"ux_terms_code", "terms.catalogue_id, terms.code", "catalogue.code_twice", "Two terms of this catalogue have the same code."},
	{"ux_challenges_code", "challenges.code", "challenge.code_taken", "This challenge code is taken."},
	{"ux_bids_team", "bids.challenge_id, bids.team_id", "bid.exists", "The team has a bid on this challenge already."},
	{"ux_bid_drafts_version", "bid_drafts.bid_id, bid_drafts.version", "bid.changed_meanwhile", "Somebody saved this draft at the same moment; read it again."},
	{"ux_envelopes_live", "envelopes.bid_id", "bid.sealed_already", "The bid was submitted at the same moment."},
	{"ux_panels_seq", "panels.challenge_id, panels.seq", "panel.drawn_already", "The panel was drawn at the same moment."},
	{"ux_assignments_live", "assignments.bid_id, assignments.expert_id", "assignment.exists", "This expert has this bid already."},
	{"ux_reviews_assignment", "reviews.assignment_id", "review.exists", "There is a review for this assignment already."},
	{"ux_rankings_seq", "rankings.challenge_id, rankings.seq", "ranking.computed_already", "The ranking was computed at the same moment."},
	{"ux_awards_lane", "awards.challenge_id, awards.lane", "award.taken", "This challenge has its award already."},
	{"ux_awards_bid", "awards.bid_id", "award.taken", "This bid has its award already."},
	{"ux_subscriptions_live", "subscriptions.user_id, subscriptions.topic, subscriptions.value", "subscription.exists", "You have this subscription already."},
	{"ux_mutes_live", "mutes.user_id, mutes.topic, mutes.value", "mute.exists", "You have muted this already."},
	{"ux_invitations_team", "invitations.challenge_id, invitations.team_id", "invitation.exists", "This team was invited to this challenge already."},
	{"ux_grants_exclusive", "grants.user_id", "role.exclusive", "This person holds an office that excludes this one: operator, auditor, system, security and audit administrator are five different people."},
	{"ux_passkeys_credential", "passkeys.credential_id", "account.passkey_exists", "This passkey is registered already."},
	{"ux_identities_subject", "identities.issuer, identities.subject", "account.linked_already", "That account is linked to an account here already."},
	{"ux_signups_unit", "signups.email, signups.org_id", "signup.exists", "This address was invited already; revoke that invitation first."},
	{"ux_signups_platform", "signups.email", "signup.exists", "This address was invited already; revoke that invitation first."},
	{"ux_role_requests_open", "role_requests.user_id", "role_request.exists", "A request for this person is open already; decide or withdraw that one first."},
	{"ux_alliance_transfers_open", "alliance_transfers.alliance_id", "alliance.transfer_open", "A transfer of the lead is under way already."},
	{"ux_alliance_assessments_year", "alliance_assessments.alliance_id, alliance_assessments.year", "alliance.assessed_already", "This year has been assessed already."},
	{"ux_waivers_conflict", "waivers.challenge_id, waivers.conflict_key", "waiver.asked_already", "A waiver of this conflict was asked for or given already."},
	{"ux_grants_live", "grants.user_id, grants.role, grants.region", "role.granted_already", "This person holds the role already."},
}

// translate turns driver errors into problems a caller can act on, once, for both dialects.
// What the caller cannot mend stays as it is.
func translate(err error) error {
	if err == nil || problem.As(err) != nil {
		return err
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return problem.Missing()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	index, columns := "", ""
	var pg *pgconn.PgError
	var lite *sqlite.Error
	switch {
	case errors.As(err, &pg):
		switch pg.Code {
		case "23505":
			index = pg.ConstraintName
		case "23503":
			return problem.New(problem.Conflict, "request.reference", "Something this refers to does not exist or is still in use.")
		case "55P03", "57014", "57P01", "57P03", "08006", "08003":
			return fmt.Errorf("%w: %w", ErrBusy, err)
		default:
			return err
		}
	case errors.As(err, &lite):
		switch lite.Code() {
		case 1555, 2067: // primary key, unique
			_, columns, _ = strings.Cut(lite.Error(), "UNIQUE constraint failed: ")
			columns, _, _ = strings.Cut(columns, " (")
		case 787, 1811:
			return problem.New(problem.Conflict, "request.reference", "Something this refers to does not exist or is still in use.")
		case 5, 261, 517, 6:
			return fmt.Errorf("%w: %w", ErrBusy, err)
		default:
			return err
		}
	default:
		return err
	}
	for _, u := range uniques {
		if u.index == index || (columns != "" && u.columns == columns) {
			return problem.New(problem.Conflict, u.code, "%s", u.message)
		}
	}
	return problem.New(problem.Conflict, "request.duplicate", "This exists already.")
}

// collided reports that PostgreSQL undid the unit of work because of another one at the
// same moment; nothing happened and it may be run again.
func collided(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
