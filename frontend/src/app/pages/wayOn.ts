import type { Me } from "../../client/views";

/** Where somebody goes who has just signed in: an office that waits for its second factor sets it up first. */
export function wayOn(to: string | undefined, me: Me | undefined): string {
  if (me && me.withheld_roles.length > 0) return "/account#security";
  // Only a path of our own: an address from outside must not lead elsewhere.
  return to && /^\/(?![/\\])/.test(to) ? to : "/workbench";
}
