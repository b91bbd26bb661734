// What the frontend assumes of the API until api/openapi.json exists: a compact list of
// views and doors, unfolded into an OpenAPI 3.1 document. Delete when the real one lands.
// Field notation: "name": required, "name?": may be absent; type "X[]" is a list.

const views = {
  Problem: { type: "string", title: "string", status: "integer", "detail?": "string", "code?": "string", "incident?": "string", errors: "ProblemField[]" },
  ProblemField: { path: "string", code: "string", message: "string" },

  About: { version: "string", demo: "boolean", needs_set_up: "boolean", now: "time", timezone: "string" },
  DemoAccounts: { accounts: "DemoAccount[]" },
  DemoAccount: { login: "string", password: "string", name: "string", roles: "string[]", note: "string" },
  SignInBody: { login: "string", password: "string" },
  Session: { access_token: "string", expires_at: "time", session: "string", user: "string", login: "string", name: "string", me: "Me" },
  Me: { id: "string", login: "string", name: "string", email: "string", mobile: "string", locale: "string", state: "string", version: "integer", session: "string", roles: "string[]", regions: "string[]", orgs: "MyOrg[]", teams: "MyTeam[]", alliances: "MyAlliance[]", "expert?": "Ref", unread_notices: "integer", actions: "string[]" },
  MyOrg: { id: "string", name: "string", kind: "string", state: "string", role: "string" },
  MyTeam: { id: "string", code: "string", name: "string", org_id: "string", lead: "boolean" },
  MyAlliance: { id: "string", name: "string", leader_id: "string" },
  Ref: { id: "string", name: "string" },
  Label: { code: "string", name: "string", "name_en?": "string" },
  Count: { value: "string", name: "string", "name_en?": "string", count: "integer" },
  Sum: { name: "string", value: "number", "args?": "map", "parts?": "Sum[]" },
  Gate: { code: "string", "hard?": "boolean", "reason?": "string", "reason_en?": "string", "args?": "map" },

  Overview: { open: "integer", total: "integer", bounty_fen: "integer", awarded: "integer", fill_rate: "number", chains: "Count[]", cities: "Count[]" },
  Waiting: { items: "WaitingItem[]" },
  WaitingItem: { kind: "string", id: "string", title: "string", action: "string", "due?": "time", "challenge_id?": "string" },

  ChallengeCard: { id: "string", "code?": "string", title: "string", state: "string", type: "string", owner: "string", city: "string", "chain?": "Label", tags: "Label[]", bounty_fen: "integer", honor_only: "boolean", trl_current: "integer", trl_target: "integer", competition_mode: "string", "published_at?": "time", "bid_deadline?": "time", "summary?": "string" },
  Facets: { chain: "Count[]", tag: "Count[]", city: "Count[]", type: "Count[]", state: "Count[]" },
  ChallengePage: { items: "ChallengeCard[]", "next?": "string", facets: "Facets", "total?": "integer", "total_capped?": "boolean" },
  Indicator: { "id?": "string", no: "integer", name: "string", op: "string", "value?": "number", "value_min?": "number", "value_max?": "number", "value_text?": "string", "unit?": "string", "baseline?": "string", weight: "integer", knockout: "boolean", test_method: "string" },
  Capability: { tag: "string", name: "string", "name_en?": "string", must: "boolean", min_level: "integer" },
  MilestonePlan: { seq: "integer", name: "string", due_month: "integer", payment_pct: "integer", eliminates: "boolean", exit: "string" },
  Funding: { owner_fen: "integer", province_fen: "integer", city_fen: "integer", other_fen: "integer" },
  BidderConditions: { in_province_only: "boolean", enterprise_only: "boolean", min_partners: "integer", text: "string[]" },
  IPTerms: { background: "string", foreground: "string", bidder_rights: "string", license: "string", revenue_share_pct: "integer" },
  Timeline: { "publish_at?": "time", "clarify_until?": "time", "bid_deadline?": "time", "open_at?": "time" },
  Criterion: { code: "string", name_zh: "string", name_en: "string", weight: "integer", guidance: "string" },
  File: { id: "string", name: "string", size: "integer", digest: "string", "media_type?": "string" },
  Challenge: {
    id: "string", version: "integer", "code?": "string", state: "string", "state_reason?": "string", title: "string", type: "string", nature: "string",
    owner: "Ref", "alliance?": "Ref", city: "string", "chain?": "Label", tags: "Label[]", capabilities: "Capability[]", background: "string", need: "string",
    indicators: "Indicator[]", trl_current: "integer", trl_target: "integer", deliverables: "string[]", bounty_fen: "integer", honor_only: "boolean",
    total_investment_fen: "integer", funding: "Funding", term_months: "integer", milestones: "MilestonePlan[]", ip: "IPTerms", conditions: "BidderConditions",
    "procurement_promise?": "string", confidentiality: "string", selection_mode: "string", competition_mode: "string", "max_lanes?": "integer",
    timeline: "Timeline", criteria: "Criterion[]", files: "File[]", missing: "ProblemField[]", actions: "string[]", "shows?": "string[]",
  },
  ChallengeBody: {
    "title?": "string", "alliance_id?": "string", "type?": "string", "nature?": "string", "city?": "string", "chain?": "string", "tags?": "string[]", "capabilities?": "CapabilityBody[]",
    "background?": "string", "need?": "string", "indicators?": "Indicator[]", "trl_current?": "integer", "trl_target?": "integer", "deliverables?": "string[]",
    "bounty_fen?": "integer", "honor_only?": "boolean", "total_investment_fen?": "integer", "funding?": "Funding", "term_months?": "integer", "milestones?": "MilestonePlan[]",
    "ip?": "IPTerms", "conditions?": "BidderConditions", "confidentiality?": "string", "selection_mode?": "string", "competition_mode?": "string", "max_lanes?": "integer", "timeline?": "Timeline",
  },
  NewChallenge: { "title?": "string" },
  CapabilityBody: { tag: "string", must: "boolean", min_level: "integer" },
  Digest: { digest: "string" },
  ChooseBody: { bid_id: "string", "reason?": "string" },
  SatisfactionBody: { bid_id: "string", score: "integer", "reason?": "string" },
  Office: { stuck: "Count[]", overdue: "Count[]", states: "Count[]" },
  Reason: { "reason?": "string" },
  ChallengeRows: { items: "ChallengeCard[]", "next?": "string" },

  Match: { challenge: "Ref", team: "Ref", place: "integer", eligible: "boolean", score: "number", sum: "Sum", gates: "Gate[]", "missing?": "Label[]", "bid_deadline?": "time", "bounty_fen?": "integer" },
  Matches: { items: "Match[]", "next?": "string" },

  TeamTag: { tag: "string", name: "string", "name_en?": "string", level: "integer", "verified?": "boolean" },
  Evidence: { id: "string", kind: "string", title: "string", "year?": "integer", verify_status: "string" },
  Team: { id: "string", version: "integer", name: "string", "summary?": "string", org: "Ref", city: "string", tags: "TeamTag[]", capabilities: "TeamTag[]", evidence: "Evidence[]", equipment: "string[]", trl_min: "integer", trl_max: "integer", headcount: "integer", phd: "integer", senior: "integer", max_concurrent: "integer", ongoing: "integer", actions: "string[]" },

  PromiseInput: { indicator: "string", "value?": "number", "value_min?": "number", "value_max?": "number", "text?": "string", "present?": "string", "basis?": "string", "evidence?": "string[]", "test_plan?": "string", "deviation?": "string", "confidence?": "integer" },
  Partner: { "org?": "string", "name?": "string", "task?": "string", "task_pct?": "integer", "money_pct?": "integer" },
  Person: { "name?": "string", "role?": "string", "months_per_year?": "integer" },
  Budget: { "equipment_fen?": "integer", "business_fen?": "integer", "labour_fen?": "integer" },
  BidContent: { "promises?": "PromiseInput[]", "summary?": "string", "route?": "string", "blind?": "string", "schedule?": "string", "risks?": "string", "facilities?": "string", "partners?": "Partner[]", "people?": "Person[]", "budget?": "Budget", "quote_fen?": "integer", "ip_accept?": "boolean", "ip_counter?": "string", "conversion?": "string", "evidence?": "string[]", "documents?": "string[]", "integrity_promise?": "boolean", "commitment?": "boolean", "no_conflict?": "boolean" },
  Endorsement: { by: "string", at: "time", digest: "string", valid: "boolean" },
  BidReceipt: { bid: "string", challenge: "string", challenge_code: "string", version: "integer", digest: "string", sealed_at: "time", files: "BidReceiptFile[]", text: "string" },
  BidReceiptFile: { id: "string", sha256: "string" },
  BidVersion: { version: "integer", at: "time", by: "string", digest: "string" },
  BidVersions: { items: "BidVersion[]" },
  Bid: { id: "string", version: "integer", "code?": "string", state: "string", challenge: "Ref", team: "Ref", "content?": "BidContent", "endorsement?": "Endorsement", "sealed_at?": "time", files: "File[]", missing: "ProblemField[]", warnings: "ProblemField[]", gates: "Gate[]", "state_reason?": "string", "digest?": "string", "check?": "BidCheck", actions: "string[]" },
  BidCheck: { items: "BidCheckItem[]", passed: "boolean", "reason?": "string" },
  BidCheckItem: { code: "string", ok: "boolean", note: "string" },
  BidCard: { id: "string", "code?": "string", state: "string", challenge: "Ref", team: "Ref", "quote_fen?": "integer", "submitted_at?": "time", actions: "string[]" },
  Bids: { items: "BidCard[]", sealed: "boolean", "next?": "string" },
  NewBid: { team: "string" },

  PanelSeat: { expert: "Ref", unit: "string", type: "string", seat: "string", state: "string" },
  Draw: { id: "string", seed: "string", list_digest: "string", at: "time", size: "integer", seats: "PanelSeat[]" },
  DrawBody: { size: "integer", "seed?": "string" },
  Assignment: { id: "string", state: "string", challenge: "Ref", "bid?": "Ref", "due?": "time", "review_id?": "string", actions: "string[]" },
  Assignments: { items: "Assignment[]" },
  Declaration: { no_conflict: "boolean", confidential: "boolean", "reason?": "string" },

  ReviewScore: { criterion: "string", points: "number", comment: "string" },
  Review: { id: "string", version: "integer", state: "string", challenge: "Ref", bid: "Bid", indicators: "Indicator[]", criteria: "Criterion[]", scores: "ReviewScore[]", "comment?": "string", "recommend?": "boolean", actions: "string[]" },
  ReviewBody: { "knockouts?": "string[]", "confidence?": "integer", scores: "ReviewScore[]", "comment?": "string", "recommend?": "boolean" },

  Place: { place: "integer", bid: "Ref", team: "Ref", total: "number", passed: "boolean", sum: "Sum", "quote_fen?": "integer", "criteria?": "CriterionMean[]", "tie?": "string" },
  CriterionMean: { code: "string", name: "string", mean: "number", weight: "integer" },
  Ranking: { id: "string", challenge: "Ref", at: "time", formula: "string", input_digest: "string", places: "Place[]", actions: "string[]" },
  Comparison: { a: "Place", b: "Place", lead: "Sum" },

  PublicityBody: { "days?": "integer" },
  Publicity: { id: "string", challenge: "Ref", from: "time", until: "time", places: "Place[]", "panel?": "string[]", actions: "string[]" },
  ObjectionBody: { name: "string", contact: "string", text: "string" },

  Notice: { id: "string", at: "time", action: "string", kind: "string", thing_id: "string", title: "string", "args?": "map", read: "boolean" },
  Notices: { items: "Notice[]", unread: "integer", "next?": "string" },
  TrailLine: { id: "string", at: "time", action: "string", "actor?": "string", "from?": "string", "to?": "string", "note?": "string", hash: "string" },
  Trail: { items: "TrailLine[]", verified: "boolean", "next?": "string" },
  PasswordBody: { old_password: "string", new_password: "string" },
  TagLeaf: { code: "string", name: "string", "name_en?": "string", "parent?": "string", "group?": "string" },
  Catalogue: { chains: "TagLeaf[]", tags: "TagLeaf[]", capabilities: "TagLeaf[]" },
};

// method path operation-id [?query] [<body] >answer
const doors = `
GET /about about.show >About
GET /demo/accounts demo.accounts >DemoAccounts
POST /demo/reset demo.reset
POST /session account.sign_in <SignInBody >Session
POST /session/refresh account.refresh >Session
DELETE /session account.sign_out
GET /account account.show >Me
POST /account/password account.change_password <PasswordBody
GET /overview overview.public >Overview
GET /overview/desk overview.desk >Waiting
GET /overview/office overview.office >Office
GET /catalogue catalogue.search >Catalogue
GET /challenges challenge.search ?q,chain,tag,city,type,state,sort,after,limit:integer >ChallengePage
GET /challenges/{id} challenge.show >Challenge
POST /orgs/{id}/challenges challenge.draft <NewChallenge >Challenge
PUT /challenges/{id} challenge.edit <ChallengeBody >Challenge
POST /challenges/{id}/submit challenge.submit >Challenge
POST /challenges/{id}/return challenge.return <Reason >Challenge
POST /challenges/{id}/approve challenge.approve >Challenge
POST /challenges/{id}/publish challenge.publish >Challenge
POST /challenges/{id}/withdraw challenge.withdraw <Reason >Challenge
POST /challenges/{id}/close challenge.close >Challenge
POST /challenges/{id}/open challenge.open >Challenge
POST /challenges/{id}/fail challenge.fail <Reason >Challenge
GET /desk/challenges challenge.desk ?state,after >ChallengeRows
GET /challenges/{id}/matches match.for_challenge ?after >Matches
GET /teams/{id}/matches match.for_team ?after >Matches
GET /teams/{id} team.show >Team
GET /challenges/{id}/bids bid.list ?after >Bids
POST /challenges/{id}/bids bid.draft <NewBid >Bid
GET /challenges/{id}/bid bid.mine >Bid
GET /desk/bids bid.desk ?after >Bids
GET /bids/{id} bid.show >Bid
PUT /bids/{id}/content bid.save <BidContent >Bid
GET /bids/{id}/versions bid.versions >BidVersions
POST /bids/{id}/request bid.request >Bid
POST /bids/{id}/endorse bid.endorse <Digest >Bid
POST /bids/{id}/refuse bid.refuse <Reason >Bid
POST /bids/{id}/submit bid.submit >BidReceipt
POST /bids/{id}/withdraw bid.withdraw >Bid
POST /bids/{id}/check bid.check <BidCheck >Bid
GET /bids/{id}/receipt bid.receipt >BidReceipt
GET /challenges/{id}/panel panel.show >Draw
POST /challenges/{id}/panel panel.draw <DrawBody >Draw
POST /challenges/{id}/assignment assignment.run >Assignments
GET /challenges/{id}/assignments assignment.list >Assignments
GET /assignments assignment.mine >Assignments
POST /assignments/{id}/accept assignment.accept <Declaration >Assignment
POST /assignments/{id}/decline assignment.decline <Reason >Assignment
POST /assignments/{id}/recuse assignment.recuse <Reason >Assignment
POST /assignments/{id}/replace assignment.replace <Reason >Assignment
GET /reviews/{id} review.show >Review
PUT /reviews/{id} review.save <ReviewBody >Review
POST /reviews/{id}/submit review.submit >Review
PUT /challenges/{id}/satisfaction satisfaction.score <SatisfactionBody
GET /challenges/{id}/ranking ranking.show >Ranking
POST /challenges/{id}/ranking ranking.compute >Ranking
GET /challenges/{id}/ranking/compare ranking.compare ?a,b >Comparison
GET /challenges/{id}/award award.show >Publicity
POST /challenges/{id}/award/choose award.choose <ChooseBody >Challenge
POST /challenges/{id}/award/shortlist award.shortlist >Challenge
POST /challenges/{id}/award/publicize award.publicize <PublicityBody >Challenge
POST /challenges/{id}/award/retract award.retract <Reason >Challenge
POST /challenges/{id}/award/decide award.decide >Challenge
POST /challenges/{id}/objections objection.file <ObjectionBody
GET /notices notice.list ?after >Notices
POST /notices/{id}/read notice.read
GET /trail/{kind}/{id} trail.show ?after >Trail
POST /documents document.upload >File
`;

const scalars = { string: { type: "string" }, integer: { type: "integer" }, number: { type: "number" }, boolean: { type: "boolean" }, time: { type: "string", format: "date-time" }, map: { type: "object", additionalProperties: true } };
const typed = (t) => (t.endsWith("[]") ? { type: "array", items: typed(t.slice(0, -2)) } : (scalars[t] ?? { $ref: `#/components/schemas/${t}` }));

function schema(fields) {
  const properties = {};
  const required = [];
  for (const [name, type] of Object.entries(fields)) {
    const bare = name.replace("?", "");
    properties[bare] = typed(type);
    if (bare === name) required.push(bare);
  }
  return { type: "object", additionalProperties: false, properties, required };
}

const paths = {};
for (const line of doors.trim().split("\n")) {
  const [method, path, operationId, ...rest] = line.split(" ");
  const part = (mark) => rest.find((r) => r.startsWith(mark))?.slice(1);
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map((m) => ({ name: m[1], in: "path", required: true, schema: { type: "string" } }));
  for (const q of part("?")?.split(",") ?? []) {
    const [name, type = "string"] = q.split(":");
    parameters.push({ name, in: "query", schema: { type } });
  }
  const answer = part(">");
  const body = part("<");
  (paths[`/api/v1${path}`] ??= {})[method.toLowerCase()] = {
    operationId,
    ...(parameters.length && { parameters }),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: typed(body) } } } }),
    responses: {
      ...(answer ? { 200: { description: "OK", content: { "application/json": { schema: typed(answer) } } } } : { 204: { description: "Done" } }),
      default: { description: "Problem", content: { "application/problem+json": { schema: typed("Problem") } } },
    },
  };
}

export default {
  openapi: "3.1.0",
  info: { title: "Jiebang (assumed)", version: "0" },
  paths,
  components: { schemas: Object.fromEntries(Object.entries(views).map(([name, fields]) => [name, schema(fields)])) },
};
