import type { zhPeople } from "./zh-people";

export const enPeople: typeof zhPeople = {
  actions: { "account.list_locked": "Show locked accounts" },
  problems: { "account.passkey_given_up": "The device did not finish: it was cancelled, took too long, or holds no passkey for this site." },
  words: {
    title: "People and roles", lead: "Give roles, invite people, help with locked accounts. Operator, auditor and the three administrators need two persons.",
    tabs: { offices: "Roles held", requests: "Role requests", invitations: "Invitations", accounts: "Accounts" },
    passkeys: "Passkeys", passkeysLead: "Sign in with your device's fingerprint, face or PIN, without a password. A passkey is a second factor too.", noPasskeysHere: "The platform's address is not set, so there are no passkeys yet.",
    passkeyName: "Name", passkeyNameHint: "To tell it from others: office laptop", passkeySince: "Added", passkeyUsed: "Last used", rename: "Rename", remove: "Remove",
    addLead: "Give a name and your current password, then do what your device asks.", app: "Authenticator app", identities: "Other servers",
    ask: "Give a role", askTwo: "This role needs two persons: you ask, and another operator or security administrator approves.", askOne: "You alone make somebody an officer; say of which region.", reason: "Reason", asked: "Asked for. It waits for a second person.",
    forWhom: "For", askedBy: "Asked by", decidedBy: "Decided by", finding: "Why it is refused", noRequests: "No role requests", state: "State", at: "Time", second: "Somebody else than who asked, and than who gets it, decides",
    invite: "Invite to register", inviteLead: "The letter goes to this address. It holds a link that works once, for seven days.", email: "E-mail", invitedRole: "Role", region: "Region", regionHint: "Six digits; 210000 is all of Liaoning", expires: "Good until", over: "Ran out", noInvitations: "No invitations",
    link: "Link (shown this one time)", linkHint: "Where mail does not arrive, hand it over in person. Whoever has it can use it once.", copy: "Copy", copied: "Copied", made: "Invited", resetMade: "Reset link made", until: "Good until",
    find: "Find an account", findHint: "The login in full", look: "Find", locked: "Locked accounts", noLocked: "No account is locked", lockedUntil: "Locked until", second_factor: "Second factor", yes: "Yes", no: "No", offices: "Roles", disabled: "Disabled", active: "Active",
    subject: "Id at the other server (sub)", subjectHint: "After a look at the person's papers", linkTitle: "Link another server's account",
    go: "Set up a second factor",
  },
};
