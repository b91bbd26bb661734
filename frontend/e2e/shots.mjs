// Pictures of every page on the demo's data, wide and narrow, in both languages, with an
// accessibility check of each: JIEBANG_BIN=… node e2e/shots.mjs [name …]
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { api, password } from "./api.mjs";
import { launch, watch } from "./browser.mjs";
import { startServer } from "./server.mjs";

const out = fileURLToPath(new URL("shots/", import.meta.url));
mkdirSync(out, { recursive: true });
const server = await startServer();
const call = api(server.url);

// Whom and what the pages are about, as the demo has them.
const found = (await call("GET", "/challenges?limit=100")).items;
const inState = (state) => found.find((c) => c.state === state)?.id;
const team = (await call("GET", "/account", { as: "tm01" })).teams[0].id;
const bids = (await call("GET", "/desk/bids", { as: "tm01" })).items;
const begun = bids.find((b) => b.actions.includes("bid.save")) ?? bids[0];
const sealed = bids.find((b) => b.draft.sealed > 0);
const own = (await call("GET", "/desk/challenges?as=owner", { as: "al01" })).items;
const opened = own.find((c) => c.state === "evaluating") ?? own[0];
const draft = (await call("POST", `/orgs/${opened.owner.id}/challenges`, { as: "al01", body: {} })).id;

const pages = {
  list: ["/"], figures: ["/figures"], formula: ["/matches/formula"], detail: [`/challenges/${inState("published")}`], awarded: [`/challenges/${inState("awarded")}/award`], signin: ["/sign-in"], register: ["/register"], lost: ["/nowhere"],
  workbench: ["/workbench", "tm01"], matches: [`/teams/${team}/matches`, "tm01"], team: [`/teams/${team}`, "tm01"], bid: [`/challenges/${begun.challenge.id}/bid`, "tm01"], receipt: [`/bids/${sealed?.id}/receipt`, "tm01"], account: ["/account", "tm01"], subscriptions: ["/account/subscriptions", "tm01"], partners: [`/challenges/${inState("published")}?tab=partners`, "tm01"],
  inbox: ["/desk/bids", "admin-00301"], read: [`/bids/${begun.id}`, "admin-00301"],
  desk: ["/desk/challenges", "al01"], draft: [`/desk/challenges/${draft}/edit`, "al01"], compare: [`/challenges/${opened.id}/compare`, "al01"], matched: [`/challenges/${opened.id}?tab=matches`, "al01"], consortia: [`/challenges/${opened.id}?tab=consortia`, "al01"],
  officer: ["/officer", "officer"], reach: [`/officer/challenges/${inState("published")}?tab=invitations`, "officer"], office: [`/officer/challenges/${inState("evaluating")}`, "officer"], ranking: [`/challenges/${inState("awarded")}/ranking`, "officer"], trail: [`/trail/challenge/${inState("awarded")}`, "auditor"], notices: ["/notices", "officer"],
  registers: ["/registers", "operator"], expert: ["/expert", "ex001"],
};

const wanted = process.argv.slice(2);
const errors = [];
let violations = 0;
const browser = await launch();
for (const [language, width, theme] of [["zh", 1280, "light"], ["zh", 390, "light"], ["en", 1280, "dark"], ["en", 390, "light"]]) {
  for (const [name, [path, who]] of Object.entries(pages)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    if (who) await context.request.post(`${server.url}/api/v1/session`, { data: { login: who, password } });
    await context.addInitScript(([l, t, s]) => {
      localStorage.setItem("jiebang.language", l);
      localStorage.setItem("jiebang.theme", t);
      if (s) localStorage.setItem("jiebang.session", "1");
    }, [language, theme, !!who]);
    const page = await context.newPage();
    watch(page, errors);
    await page.goto(server.url + path, { waitUntil: "networkidle" });
    await page.waitForTimeout(150);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) errors.push(`${name} ${language} ${width}: ${wide}px wider than the screen`);
    // A word with an underscore is a code that nobody has put into words; logins and ids may stand.
    const codes = (await page.evaluate(() => document.body.innerText)).match(/\b(?!(?:chl|bid|tem|org|usr)_)[a-z]+_[a-z_]+\b/g);
    if (codes) errors.push(`${name} ${language}: shows ${[...new Set(codes)].join(" ")}`);
    await page.screenshot({ path: `${out}${name}-${language}-${width}.png`, fullPage: true });
    const { violations: seen } = await new AxeBuilder({ page }).analyze();
    for (const v of seen) console.log(`a11y ${name} ${language} ${width} ${theme}: ${v.id} (${v.impact}) ${v.nodes.slice(0, 2).map((n) => n.target.join(" ")).join(" | ")}`);
    violations += seen.length;
    await context.close();
  }
}
await browser.close();
await server.stop();
for (const e of errors) console.log(`error ${e}`);
console.log(`${violations} accessibility violations, ${errors.length} errors`);
process.exit(violations + errors.length ? 1 : 0);
