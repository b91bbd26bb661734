// Pictures of every page against the stand-in server, wide and narrow, in both languages,
// with an accessibility check of each: node e2e/shots.mjs [name …]
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { launch, watch } from "./browser.mjs";
import { serveStub } from "./stub.mjs";

const out = fileURLToPath(new URL("shots/", import.meta.url));
mkdirSync(out, { recursive: true });
const server = await serveStub(0);
const base = `http://127.0.0.1:${server.address().port}`;

const pages = {
  list: ["/", false], detail: ["/challenges/chl_0001", false], signin: ["/sign-in", false], team: ["/teams/TM01", false],
  inside: ["/challenges/chl_0001?tab=matches", true], workbench: ["/workbench", true], matches: ["/teams/TM01/matches", true], bid: ["/challenges/chl_0001/bid", true], receipt: ["/bids/bid_1/receipt", true],
  desk: ["/desk/challenges", true], draft: ["/desk/challenges/chl_0001/edit", true], officer: ["/officer", true], office: ["/officer/challenges/chl_0001", true], expert: ["/expert", true], review: ["/expert/reviews/rev_1", true],
  ranking: ["/challenges/chl_0001/ranking", true], notices: ["/notices", true], trail: ["/trail/challenge/chl_0001", true], account: ["/account", true], lost: ["/nowhere", false],
};
const wanted = process.argv.slice(2);
const errors = [];
let violations = 0;
const browser = await launch();
for (const [language, width, theme] of [["zh", 1280, "light"], ["zh", 390, "light"], ["en", 1280, "dark"], ["en", 390, "light"]]) {
  for (const [name, [path, signedIn]] of Object.entries(pages)) {
    if (wanted.length && !wanted.includes(name)) continue;
    const context = await browser.newContext({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await context.addInitScript(([l, t, s]) => {
      localStorage.setItem("jiebang.language", l);
      localStorage.setItem("jiebang.theme", t);
      if (s) localStorage.setItem("jiebang.session", "1");
    }, [language, theme, signedIn]);
    const page = await context.newPage();
    watch(page, errors);
    await page.goto(base + path, { waitUntil: "networkidle" });
    await page.waitForTimeout(150);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) errors.push(`${name} ${language} ${width}: ${wide}px wider than the screen`);
    await page.screenshot({ path: `${out}${name}-${language}-${width}.png`, fullPage: true });
    const { violations: found } = await new AxeBuilder({ page }).analyze();
    for (const v of found) console.log(`a11y ${name} ${language} ${width} ${theme}: ${v.id} (${v.impact}) ${v.nodes.slice(0, 2).map((n) => n.target.join(" ")).join(" | ")}`);
    violations += found.length;
    await context.close();
  }
}
await browser.close();
server.close();
for (const e of errors) console.log(`error ${e}`);
console.log(`${violations} accessibility violations, ${errors.length} errors`);
process.exit(violations + errors.length ? 1 : 0);
