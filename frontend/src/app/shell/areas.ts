import type { Me } from "../../client/views";

// Which desks a person has. This only shortens the way: what may be done there is said by
// the actions of each view.
type Area =
  | { key: "team"; to: "/teams/$id"; params: { id: string } }
  | { key: "leader"; to: "/desk/challenges"; params?: undefined }
  | { key: "inbox"; to: "/desk/bids"; params?: undefined }
  | { key: "officer"; to: "/officer"; params?: undefined }
  | { key: "people"; to: "/desk/people"; params?: undefined }
  | { key: "expert"; to: "/expert"; params?: undefined };

export function areasOf(me: Me): Area[] {
  const has = (...roles: string[]) => roles.some((r) => me.roles.includes(r));
  const areas: Area[] = [];
  if (me.teams[0]) areas.push({ key: "team", to: "/teams/$id", params: { id: me.teams[0].id } });
  if (has("owner", "leader") || me.alliances.length > 0) areas.push({ key: "leader", to: "/desk/challenges" });
  if (has("institution") || me.orgs.some((o) => o.role === "admin")) areas.push({ key: "inbox", to: "/desk/bids" });
  if (has("officer", "operator", "auditor")) areas.push({ key: "officer", to: "/officer" });
  if (has("operator", "auditor", "security_admin", "audit_admin")) areas.push({ key: "people", to: "/desk/people" });
  if (me.expert || has("expert", "judge")) areas.push({ key: "expert", to: "/expert" });
  return areas;
}
