import type { zhSignin } from "./zh-signin";

export const enSignin: typeof zhSignin = {
  roles: { system_admin: "System administrator", security_admin: "Security administrator", audit_admin: "Audit administrator", person: "Person" },
  actions: {
    "account.lock": "Sign-in locked", "account.unlock": "Unlock sign-in", "account.end_other_sessions": "Sign out elsewhere", "account.confirm": "Confirm again", "account.security": "Show account security",
    "account.begin_totp": "Begin authenticator app", "account.add_totp": "Turn on authenticator app", "account.drop_totp": "Remove authenticator app", "account.recovery_codes": "Replace recovery codes",
    "account.begin_passkey": "Begin passkey", "account.add_passkey": "Add passkey", "account.rename_passkey": "Rename passkey", "account.drop_passkey": "Remove passkey", "account.passkey_sign_in": "Sign in by passkey",
    "account.oidc_sign_in": "Sign in by another server", "account.link": "Link another server's account", "account.unlink": "Unlink", "account.ask_reset": "Ask for a new password", "account.reset_password": "Reset password",
    "account.make_reset": "Make reset link", "account.reset_factor": "Reset second factor",
    "role.requests": "Show role requests", "role.request": "Ask for a role", "role_request.show": "Show role request", "role_request.approve": "Approve", "role_request.refuse": "Refuse", "role_request.withdraw": "Withdraw",
    "signup.list": "Show invitations to register", "signup.invite": "Invite to register", "signup.look": "Look at invitation", "signup.accept": "Accept invitation", "signup.show": "Show invitation", "signup.revoke": "Revoke invitation",
  },
  states: {
    signup: { open: "Open", accepted: "Accepted", revoked: "Revoked" },
    role_request: { open: "Waits for a second person", approved: "Approved", refused: "Refused", withdrawn: "Withdrawn" },
  },
  factor: {
    title: "Sign-in security", off: "No second factor yet", on: "Second factor in force", needed: "Your office counts only with a second factor. Set one up to go on.", withheld: (roles: string) => `Offices on hold: ${roles}.`, begin: "Set up an authenticator app", password: "Current password", scan: "Scan with your authenticator app, or type the key:", secret: "Key", code: "Code", codeHint: "Six digits of your app, or a recovery code",
    codes: "Recovery codes", codesHint: "Each works once. They are shown this one time: keep them safe.", left: (n: number) => `${n} recovery codes left`, remove: "Remove authenticator app", fresh: "Replace recovery codes", byPasskey: "Use a passkey", step: "Confirm again", stepHint: "This is decisive: show your second factor again.", others: "Sign out elsewhere", address: "Address", qr: "QR code for the authenticator app",
    forgot: "Forgot password", forgotHint: "If the account exists and has an address, a link is on its way; an operator can make one too.", ask: "Send reset link", or: "or", by: (name: string) => `Sign in by ${name}`, asking: "Asking the other server…", linkLead: "Your account at the other server is not linked yet. Give your login and password here once.", noJourney: "No such sign-in is on its way. Go back and begin anew.", back: "Back to sign-in", again: "Sign out, then sign in anew with your second factor.", set: "Set new password", done: "Password changed. Sign in.", join: "Accept invitation", joinLead: (org: string, by: string) => `${by} invites you to ${org}`, platform: "Jiebang",
  },
};
