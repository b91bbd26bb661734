// A stand-in for the server, to look at pages before or without it: the demo's challenges
// and a few made-up bids in the assumed shapes. It decides nothing; every button is drawn.
//   node e2e/stub.mjs [port]
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const demo = (name) => JSON.parse(readFileSync(join(here, "../../demo", `${name}.json`), "utf8"));
const wan = (n) => Math.round(n * 1_000_000);
const day = (offset, hour = 17) => {
  const d = new Date(Date.now() + offset * 86_400_000);
  return new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), hour - 8)).toISOString();
};

const { challenges } = demo("challenges");
const { teams } = demo("teams");
const taxonomy = demo("taxonomy");
const english = Object.fromEntries([...taxonomy.domain_tags, ...taxonomy.capability_tags].map((x) => [x.code ?? x.tag, x.name_en]));
const op = { ">=": "ge", "<=": "le", "=": "eq" };

const names = { indicators: "指标响应与依据", route: "技术路线可行性", team: "团队能力", base: "研究基础与成熟度", plan: "计划与里程碑", budget: "经费与报价", conversion: "转化与利益分享" };
const criteria = [
  ["indicators", 25], ["route", 20], ["team", 20], ["base", 10], ["plan", 10], ["budget", 5], ["conversion", 10],
].map(([code, weight]) => ({ code, name_zh: names[code], name_en: code, weight, guidance: "依据须可核查；与指标逐项对应。" }));

const all = challenges.map((c, i) => ({
  id: `chl_${String(i + 1).padStart(4, "0")}`, version: 3, code: c.code.replace("DEMO", "LN"), state: c.status, title: c.title, type: c.challenge_type, nature: c.technology_nature === "成果转化" ? "conversion" : "chokepoint",
  owner: { id: "org_1", name: c.owner.name }, ...(c.alliance_code && { alliance: { id: c.alliance_code, name: c.alliance_name } }), city: c.owner.city,
  chain: { code: c.industry_chain, name: c.industry_chain_zh }, tags: c.domain_tags.map((code, n) => ({ code, name: c.domain_tags_zh[n], name_en: english[code] })),
  capabilities: c.required_capabilities.map((k) => ({ tag: k.tag, name: k.name_zh, name_en: english[k.tag], must: k.must, min_level: k.min_level })),
  background: c.background, need: c.need,
  indicators: c.indicators.map((x) => ({ id: `ind_${x.no}`, no: x.no, name: x.name, op: op[x.op] ?? x.op, ...(x.value !== null && { value: x.value }), ...(x.value_min !== null && { value_min: x.value_min, value_max: x.value_max }), ...(x.value_text && { value_text: x.value_text }), unit: x.unit ?? "", weight: x.weight, knockout: x.knockout, test_method: x.test_method })),
  trl_current: c.trl_current, trl_target: c.trl_target, deliverables: c.deliverables, bounty_fen: wan(c.bounty_wan), honor_only: false, total_investment_fen: wan(c.total_investment_wan),
  funding: Object.fromEntries(["owner", "province", "city", "other"].map((source) => [`${source}_fen`, wan(c.funding_plan[`${source}_wan`] ?? 0)])),
  term_months: c.term_months, milestones: c.milestones.map((m) => ({ ...m, exit: "" })), ip: { background: c.ip_terms.background_ip, foreground: c.ip_terms.foreground_ip, bidder_rights: c.ip_terms.bidder_rights ?? "", license: "", revenue_share_pct: 0 },
  conditions: { in_province_only: false, enterprise_only: false, min_partners: 0, text: c.bidder_conditions }, confidentiality: c.confidentiality, selection_mode: "panel_plus_owner", competition_mode: c.competition_mode, ...(c.horse_race && { max_lanes: c.horse_race.max_lanes }),
  timeline: { publish_at: day(c.timeline.published_offset_days, 9), clarify_until: day(c.timeline.clarify_until_offset_days ?? 5), bid_deadline: day(c.timeline.bid_deadline_offset_days ?? 10), open_at: day((c.timeline.bid_deadline_offset_days ?? 10) + 1, 9) },
  criteria, files: [], missing: [],
  actions: ["challenge.edit", "challenge.submit", "challenge.approve", "challenge.publish", "challenge.return", "challenge.withdraw", "bid.draft", "panel.draw", "assignment.run", "ranking.compute", "award.publicize", "award.decide", "objection.file"],
  shows: ["match.for_challenge", "bid.list", "panel.show", "ranking.show", "trail.show"]
}));

const card = (c) => ({ id: c.id, code: c.code, title: c.title, state: c.state, type: c.type, owner: c.owner.name, city: c.city, chain: c.chain, tags: c.tags, bounty_fen: c.bounty_fen, honor_only: false, trl_current: c.trl_current, trl_target: c.trl_target, competition_mode: c.competition_mode, published_at: c.timeline.publish_at, bid_deadline: c.timeline.bid_deadline });

function counted(list, pick) {
  const counts = new Map();
  for (const c of list) for (const v of pick(c)) counts.set(v.value, { ...v, count: (counts.get(v.value)?.count ?? 0) + 1 });
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function search(url) {
  const q = Object.fromEntries(url.searchParams);
  const hit = (c) => (!q.q || JSON.stringify(c).includes(q.q)) && (!q.chain || c.chain.code === q.chain) && (!q.city || c.city === q.city) && (!q.state || c.state === q.state) && (!q.type || c.type === q.type) && (!q.tag || c.tags.some((t) => t.code === q.tag));
  const found = all.filter(hit);
  const by = { bounty: (a, b) => b.bounty_fen - a.bounty_fen, newest: (a, b) => b.timeline.publish_at.localeCompare(a.timeline.publish_at) }[q.sort] ?? ((a, b) => a.timeline.bid_deadline.localeCompare(b.timeline.bid_deadline));
  found.sort(by);
  const at = Number(q.after ?? 0);
  return {
    items: found.slice(at, at + 20).map(card), ...(at + 20 < found.length && { next: String(at + 20) }), total: found.length, total_capped: false,
    facets: {
      chain: counted(found, (c) => [{ value: c.chain.code, name: c.chain.name }]), tag: counted(found, (c) => c.tags.map((t) => ({ value: t.code, name: t.name, name_en: t.name_en }))),
      city: counted(found, (c) => [{ value: c.city, name: c.city }]), type: counted(found, (c) => [{ value: c.type, name: c.type }]), state: counted(found, (c) => [{ value: c.state, name: c.state }]),
    },
  };
}

const sum = (name, parts, args) => ({ name, value: parts.reduce((n, p) => n + p.value, 0), parts, ...(args && { args }) });
const fit = (k) => sum("fit", [
  sum("capability", [{ name: "must", value: 18 * k, args: { count: 3 } }, { name: "nice", value: 7.4 * k, args: { count: 2 } }]),
  sum("domain", [{ name: "tag", value: 15 * k, args: { tag: "轴承", level: 5 } }, { name: "tag", value: 9.1 * k, args: { tag: "透平机械", level: 4 } }]),
  { name: "evidence", value: 9.2 * k, args: { verified: 6 } }, { name: "trl_fit", value: 8 * k }, { name: "track", value: 5.6 * k }, { name: "chain", value: 5 * k }, { name: "ipc", value: 4.1 * k },
]);
const match = (c, t, k) => ({ challenge: { id: c.id, name: c.title }, team: { id: t.code, name: `${t.institution.name} · ${t.name}` }, eligible: k > 0.3, score: fit(k).value, place: 1, sum: fit(k), gates: k > 0.3 ? [] : [{ code: "affiliated", hard: true, reason: "与发榜方存在隶属关系", reason_en: "Subordinate to the owner" }], missing: k < 0.8 && k > 0.3 ? [{ code: "reliability", name: "可靠性与寿命试验", name_en: "Reliability test" }] : [], bid_deadline: c.timeline.bid_deadline, bounty_fen: c.bounty_fen });

const means = [[88, 82, 90, 84, 78, 80, 75], [80, 86, 78, 72, 85, 90, 82], [70, 74, 69, 60, 72, 88, 70]];
const places = means.map((m, i) => {
  const panel = sum("panel", criteria.map((c, n) => ({ name: "criterion", value: (0.7 * m[n] * c.weight) / 100, args: { criterion: ["指标响应", "技术路线", "团队能力", "研究基础", "计划", "经费", "转化与分享"][n], mean: m[n], weight: c.weight, n: 7 } })));
  const total = sum("total", [panel, { name: "satisfaction", value: 18 - i * 1.5 }, { name: "match", value: 8.4 - i * 0.7 }]);
  return { place: i + 1, bid: { id: `bid_${i + 1}`, name: `申报书 ${i + 1}` }, team: { id: teams[i].code, name: teams[i].name }, total: total.value, passed: i < 2, sum: total, quote_fen: wan(1500 - i * 80), criteria: criteria.map((c, n) => ({ code: c.code, name: names[c.code], mean: m[n], weight: c.weight })) };
});

const bid = {
  id: "bid_1", version: 4, code: "B-0001", state: "institution_pending", challenge: { id: all[0].id, name: all[0].title }, team: { id: "TM01", name: teams[0].name },
  content: {
    promises: all[0].indicators.slice(0, 4).map((i) => ({ indicator: i.id, ...(i.op === "range" ? { value_min: i.value_min, value_max: i.value_max } : { value: i.value }), present: "2 MW 级已验证", basis: "专利与样机报告", test_plan: "CNAS 第三方检测" })),
    summary: "面向 10–18 MW 电驱离心压缩机的磁悬浮轴承系统。", route: "采用五自由度主动磁悬浮支承，分三阶段放大。",
    partners: [{ org: "org_1", name: "浑河理工大学（示例）", task: "牵头", task_pct: 60, money_pct: 65 }, { name: "盛京工业大学（示例）", task: "试验", task_pct: 30, money_pct: 35 }],
    people: [{ name: "负责人", role: "总负责", months_per_year: 8 }], quote_fen: wan(1500), budget: { equipment_fen: wan(900), business_fen: wan(400), labour_fen: wan(200) }, ip_accept: true, documents: ["doc_1"],
  },
  files: [{ id: "doc_1", name: "附件1.pdf", size: 482_113, digest: "ab" }], warnings: [], gates: [], sealed_at: day(-1),
  digest: "9f2c…", endorsement: { by: "浑河理工大学（示例）", at: day(-1), digest: "9f2c", valid: false },
  missing: [{ path: "promises[4].value", code: "", message: "请填写承诺值" }, { path: "partners", code: "", message: "任务占比合计须为 100%" }], actions: ["bid.save", "bid.request", "bid.submit", "bid.withdraw"],
};

const receipt = { bid: "bid_1", challenge: all[0].id, challenge_code: all[0].code, version: 3, digest: "9f2c7a1be4d0c5f3a8867b21d4e90f6633a1c0b7e2d5489fa0c3b1e8d7f64a52", sealed_at: day(-1), files: [{ id: "doc_1", sha256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9" }], text: "揭榜回执\n…" };

const me = { id: "usr_1", login: "demo", name: "演示用户", email: "", mobile: "", locale: "zh-CN", state: "active", version: 1, session: "ses_1", roles: ["lead", "owner", "officer", "expert"], regions: ["210100"], orgs: [{ id: "org_1", name: "浑河理工大学（示例）", kind: "university", state: "verified", role: "admin" }], teams: [{ id: "TM01", code: "TM01", name: teams[0].name, org_id: "org_1", lead: true }], alliances: [{ id: "AL01", name: "透平与流体机械产学研联盟（示例）", leader_id: "org_1" }], expert: { id: "EX001", name: "评审专家001" }, unread_notices: 1, actions: ["demo.reset"] };
const team = (t) => ({ id: t.code, version: 1, name: t.name, summary: t.summary, org: { id: "o", name: t.institution.name }, city: t.institution.city, tags: t.domain_tags.map((x) => ({ tag: x.tag, name: x.name_zh, name_en: english[x.tag], level: x.level })), capabilities: t.capability_tags.map((x) => ({ tag: x.tag, name: x.name_zh, name_en: english[x.tag], level: x.level, verified: x.verified })), evidence: t.evidence_items.map((e, i) => ({ id: String(i), ...e })), equipment: t.equipment, trl_min: t.trl_range[0], trl_max: t.trl_range[1], headcount: t.staff.total, phd: t.staff.phd, senior: t.staff.senior, max_concurrent: t.capacity.max_concurrent, ongoing: t.capacity.ongoing, actions: [] });
const leaf = (x) => ({ code: x.code ?? x.tag, name: x.name_zh, name_en: x.name_en });

const accounts = [["leader", "沈阳浑河透平装备（示例）", ["leader"], "起草、提交榜题，查看推荐与排序"], ["lead", "TM01 团队负责人", ["team_lead"], "揭榜、密封提交、取回执"], ["institution", "浑河理工大学 管理员", ["institution"], "推荐（盖章）揭榜申报书"], ["officer", "沈阳市经办", ["officer"], "审核、发榜、开标、抽取、公示"], ["expert", "评审专家001", ["expert"], "声明、评分"], ["operator", "平台运营", ["operator"], "账号、目录、重置演示"], ["auditor", "审计监督", ["auditor"], "只读，查留痕"]];

const routes = [
  ["GET", "/about", () => ({ version: "stub", demo: true, needs_set_up: false, now: new Date().toISOString(), timezone: "Asia/Shanghai" })],
  ["GET", "/demo/accounts", () => ({ accounts: accounts.map(([login, name, roles, note]) => ({ login, password: "demo", name, roles, note })) })],
  ["POST", "/session", () => ({ access_token: "stub", expires_at: day(1), me })],
  ["POST", "/session/refresh", () => ({ access_token: "stub", expires_at: day(1), me })],
  ["GET", "/account", () => me],
  ["GET", "/challenges/:id/bid", () => bid],
  ["GET", "/overview", () => ({ open: 32, total: 38, bounty_fen: all.reduce((n, c) => n + c.bounty_fen, 0), awarded: 3, fill_rate: 0.61, chains: [], cities: [] })],
  ["GET", "/overview/desk", () => ({ items: [{ kind: "bid", id: "bid_1", title: all[0].title, action: "bid.submit", due: all[0].timeline.bid_deadline }, { kind: "challenge", id: all[3].id, title: all[3].title, action: "challenge.approve" }, { kind: "assignment", id: "asg_1", title: all[5].title, action: "assignment.accept", due: day(2) }] })],
  ["GET", "/catalogue", () => ({ chains: taxonomy.chain_catalogues[0].chains.map(leaf), tags: taxonomy.domain_tags.map(leaf), capabilities: taxonomy.capability_tags.map(leaf) })],
  ["GET", "/challenges", (_, url) => search(url)],
  ["GET", "/desk/challenges", () => ({ items: all.slice(0, 8).map(card) })],
  ["GET", "/challenges/:id", (p) => all.find((c) => c.id === p.id)],
  ["GET", "/challenges/:id/matches", () => ({ items: [1, 0.82, 0.61, 0.2].map((k, i) => match(all[0], teams[i], k)) })],
  ["GET", "/teams/:id/matches", () => ({ items: [1, 0.74, 0.55, 0.2].map((k, i) => match(all[i], teams[0], k)) })],
  ["GET", "/teams/:id", (p) => { const t = teams.find((x) => x.code === p.id); return t && team(t); }],
  ["GET", "/challenges/:id/bids", () => ({ items: places.map((p) => ({ id: p.bid.id, state: "formal_passed", challenge: bid.challenge, team: p.team, quote_fen: p.quote_fen, submitted_at: day(-2), actions: [] })), sealed: false })],
  ["GET", "/desk/bids", () => ({ items: [{ id: "bid_1", state: bid.state, challenge: bid.challenge, team: bid.team, quote_fen: wan(1500), actions: [] }], sealed: false })],
  ["GET", "/bids/:id", () => bid],
  ["PUT", "/bids/:id/content", (_, __, sent) => ({ ...bid, version: ++bid.version, content: sent })],
  ["GET", "/bids/:id/receipt", () => receipt],
  ["GET", "/bids/:id/versions", () => ({ items: [4, 3].map((version) => ({ version, at: day(-5 + version), by: "负责人", digest: `9f2c7a1be4d0${version}` })) })],
  ["POST", "/bids/:id/submit", () => receipt],
  ["GET", "/challenges/:id/panel", () => ({ id: "drw_1", seed: "20261123-7f3a", list_digest: "b1946ac92492d2347c6235b4d2611184", at: day(-1), size: 5, seats: [1, 2, 3, 4, 5, 6].map((n) => ({ expert: { id: `EX00${n}`, name: `评审专家00${n}（演示）` }, unit: "江北大学（示例）", type: n === 4 ? "industry" : "technology", seat: n > 5 ? "reserve" : "member", state: n > 3 ? "invited" : "accepted" })) })],
  ["GET", "/assignments", () => ({ items: [{ id: "asg_1", state: "invited", challenge: { id: all[5].id, name: all[5].title }, due: day(2), actions: ["assignment.accept", "assignment.decline", "assignment.recuse"] }, { id: "asg_2", state: "accepted", challenge: bid.challenge, bid: { id: "bid_1", name: teams[0].name }, due: day(5), review_id: "rev_1", actions: ["assignment.recuse"] }] })],
  ["GET", "/reviews/:id", () => ({ id: "rev_1", version: 1, state: "draft", challenge: bid.challenge, bid, indicators: all[0].indicators, criteria, scores: [{ criterion: "indicators", points: 21, comment: "依据充分" }], actions: ["review.save", "review.submit"] })],
  ["GET", "/challenges/:id/ranking", () => ({ id: "rnk_1", challenge: bid.challenge, at: day(0, 9), formula: "rank/1", input_digest: "c0ffee254729296a45a3885639ac7e10", places, actions: [] })],
  ["GET", "/challenges/:id/ranking/compare", () => ({ a: places[0], b: places[1], lead: sum("lead", places[0].sum.parts.map((p, i) => ({ name: p.name, value: p.value - places[1].sum.parts[i].value, args: { left: p.value, right: places[1].sum.parts[i].value } }))) })],
  ["GET", "/challenges/:id/award", () => ({ id: "pub_1", challenge: bid.challenge, from: day(-1, 9), until: day(5), places: places.slice(0, 2), actions: [] })],
  ["GET", "/notices", () => ({ items: [{ id: "n1", at: day(-1), action: "challenge.publish", kind: "challenge", thing_id: all[0].id, title: all[0].title, read: false }, { id: "n2", at: day(-2), action: "bid.endorse", kind: "bid", thing_id: "bid_1", title: all[0].title, read: true }], unread: 1 })],
  ["GET", "/trail/:kind/:id", () => ({ verified: true, items: [["challenge.draft", "", "draft"], ["challenge.submit", "draft", "submitted"], ["challenge.approve", "submitted", "approved"], ["challenge.publish", "approved", "published"]].map(([action, from, to], i) => ({ id: String(i), at: day(-20 + i), action, actor: "演示用户", from, to, hash: `${i}a9f03bc11d2e` })) })],
];

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const dist = join(here, "../dist");

function answer(method, url, sent) {
  for (const [m, pattern, make] of routes) {
    const names = [];
    const found = new RegExp(`^/api/v1${pattern.replace(/:(\w+)/g, (_, n) => (names.push(n), "([^/]+)"))}$`).exec(url.pathname);
    if (m === method && found) return make(Object.fromEntries(names.map((n, i) => [n, decodeURIComponent(found[i + 1])])), url, sent);
  }
}

export function serveStub(port) {
  const server = createServer((req, res) => {
    const url = new URL(req.url, "http://stub");
    if (!url.pathname.startsWith("/api/")) {
      const file = join(dist, url.pathname);
      const path = extname(url.pathname) && existsSync(file) ? file : join(dist, "index.html");
      res.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
      res.setHeader("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:");
      return res.end(readFileSync(path));
    }
    const chunks = [];
    req.on("data", (c) => chunks.push(c));
    req.on("end", () => {
      const text = Buffer.concat(chunks).toString();
      const found = answer(req.method, url, text.startsWith("{") ? JSON.parse(text) : undefined);
      res.statusCode = found === undefined ? (req.method === "GET" ? 404 : 422) : 200;
      res.setHeader("Content-Type", found === undefined ? "application/problem+json" : "application/json");
      res.end(JSON.stringify(found ?? { type: "urn:jiebang:request.not_found", title: "Not found", status: res.statusCode, code: res.statusCode === 404 ? "request.not_found" : "challenge.incomplete", errors: [{ path: "indicators[2].weight", code: "", message: "权重合计须为 100" }] }));
    });
  });
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done(server)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? 8080);
  await serveStub(port);
  console.log(`stub on http://127.0.0.1:${port}`);
}
