import { launch, watch } from "./browser.mjs";
const base = "http://127.0.0.1:8122", out = "/tmp/fe2-shots/";
const tokens = {};
const api = async (login, path) => {
  tokens[login] ??= (await (await fetch(base + "/api/v1/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ login, password: "jiebang-demo-2026" }) })).json()).access_token;
  return (await fetch(base + "/api/v1" + path, { headers: { Authorization: `Bearer ${tokens[login]}` } })).json();
};
const desk = (await api("officer", "/desk/challenges?as=officer&limit=100")).items;
const of = (s, n = 0) => desk.filter((c) => c.state === s)[n]?.id;
const ev = {};
for (const c of desk.filter((c) => c.state === "evaluating")) {
  const b = (await api("officer", `/challenges/${c.id}/bids`)).items;
  ev[b[0].state] = { c: c.id, b: b[0].id };
}
const ex = (await api("ex008", "/assignments")).items;
const orgs = (await api("operator", "/orgs")).orgs, all = (await api("operator", "/alliances")).alliances, teams = (await api("operator", "/teams")).teams;
const subs = ev.scored ?? {};
const pages = {
  officer: ["officer", "/officer"], submitted: ["officer", "/officer/challenges/" + of("submitted")], approved: ["officer", "/officer/challenges/" + of("approved")],
  unchecked: ["officer", "/officer/challenges/" + ev.opened?.c], check: ["officer", "/bids/" + ev.opened?.b], panel: ["officer", `/officer/challenges/${ev.in_review?.c}?tab=panel`],
  assign: ["officer", `/officer/challenges/${ev.in_review?.c}?tab=assignments`], reviews: ["officer", `/officer/challenges/${subs.c}?tab=reviews`], owner: ["officer", `/officer/challenges/${subs.c}?tab=owner`],
  shortlisted: ["officer", `/officer/challenges/${of("shortlisted")}?tab=ranking`], publicity: ["officer", `/officer/challenges/${of("publicity")}?tab=objections`], awarded: ["officer", `/officer/challenges/${of("awarded")}?tab=trail`],
  award: [null, `/challenges/${of("publicity")}/award`], ranking: [null, `/challenges/${of("publicity")}/ranking`],
  expert: ["ex008", "/expert"], expertdone: ["ex001", "/expert"], profile: ["ex008", "/expert/profile"], review: ["ex001", "/expert/reviews/" + (await api("ex001", "/assignments")).items[0].id],
  notices: ["tm01", "/notices"], bench: ["officer", "/workbench"], benchtm: ["tm01", "/workbench"], trail: ["officer", "/trail/challenge/" + of("awarded")],
  orgs: ["operator", "/registers"], experts: ["operator", "/registers?tab=experts"], batches: ["officer", "/registers?tab=batches"], cats: ["operator", "/registers?tab=catalogues"], offices: ["operator", "/registers?tab=offices"],
  org: ["admin-00301", "/orgs/" + orgs[0].id], myorg: ["admin-00301", "/orgs/" + (await api("admin-00301", "/account")).orgs[0].id], alliance: ["al01", "/alliances/" + all[0].id], team: ["tm01", "/teams/" + (await api("tm01", "/account")).teams[0].id],
};
const wanted = process.argv.slice(2);
const browser = await launch();
const states = {};
const variants = process.env.V ? [process.env.V.split(",")].map(([l, w]) => [l, +w]) : [["zh", 1280], ["zh", 390], ["en", 1280]];
for (const [name, [who, path]] of Object.entries(pages)) {
  if (wanted.length && !wanted.includes(name)) continue;
  const key = who ?? "-";
  for (const [lang, width] of variants) {
    const context = await browser.newContext({ baseURL: base, viewport: { width, height: 900 }, reducedMotion: "reduce", ...(states[key] && { storageState: states[key] }) });
    await context.addInitScript((l) => localStorage.setItem("jiebang.language", l), lang);
    const page = await context.newPage();
    const errors = [];
    watch(page, errors);
    if (who && !states[key]) {
      await page.goto("/sign-in");
      await page.locator('input[name="login"], input[autocomplete="username"]').first().fill(who);
      await page.locator('input[type="password"]').fill("jiebang-demo-2026");
      await page.locator('form button[type="submit"]').click();
      await page.waitForURL("**/workbench");
    }
    await page.goto(path, { waitUntil: "networkidle" }).catch((e) => errors.push(e.message));
    await page.waitForTimeout(200);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await page.screenshot({ path: `${out}${name}-${lang}-${width}.png`, fullPage: true });
    const alert = await page.getByRole("alert").allInnerTexts();
    const text = await page.evaluate(() => document.querySelector("main").innerText);
    const raw = [...new Set(text.match(/\b[a-z]+(?:_[a-z]+)+\b|\b[a-z]+\.[a-z_]+\b/g) ?? [])];
    const han = lang === "en" ? 0 : 0;
    if (wide > 0 || errors.length || alert.length || raw.length) console.log(name, lang, width, wide > 0 ? `WIDE ${wide}` : "", errors.join(" | "), alert.join(" | "), raw.join(" "));
    states[key] = who ? await context.storageState() : undefined;
    await context.close();
  }
}
await browser.close();
