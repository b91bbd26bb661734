// The stories in a browser, against the real server: JIEBANG_BIN=… npm run e2e.
// Each step is one check; the last line counts them. Pictures go to e2e/shots.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch, watch } from "./browser.mjs";
import { password } from "./api.mjs";
import { life } from "./life.mjs";
import { startServer } from "./server.mjs";

const shots = fileURLToPath(new URL("shots/", import.meta.url));
mkdirSync(shots, { recursive: true });

let passed = 0;
let failed = 0;
const errors = [];
const server = await startServer();
const browser = await launch();

/** A window of its own for one person; nobody shares a session. */
async function person(width = 1280) {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width, height: 900 }, locale: "zh-CN", reducedMotion: "reduce", acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  watch(page, errors);
  return page;
}

async function step(name, page, work) {
  const before = errors.length;
  let ok = false;
  try {
    await work();
    if (errors.length > before) throw new Error(`the page complained: ${errors.slice(before).join("; ")}`);
    passed++;
    ok = true;
    console.log(`ok    ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(e.message ?? e).split("\n").slice(0, 6).join("\n      ")}`);
  }
  await page.screenshot({ path: `${shots}story-${String(passed + failed).padStart(2, "0")}.png`, fullPage: true }).catch(() => {});
  return ok;
}

const answer = await fetch(`${server.url}/api/v1/demo/accounts`).then((r) => r.json());
const accountOf = (role) => answer.accounts.find((a) => a.roles.includes(role));

/** By a role's first account, picked from the list; or by a login, typed. */
async function signIn(page, who) {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.evaluate(() => localStorage.removeItem("jiebang.session"));
  await page.goto("/sign-in");
  const account = accountOf(who);
  if (account) await page.getByRole("button", { name: new RegExp(`^${account.name.replace(/[()]/g, "\\$&")}`) }).first().click();
  else {
    await page.getByRole("textbox", { name: "登录名" }).fill(who);
    await page.locator("input[type=password]").fill(password);
    await page.getByRole("button", { name: "登录", exact: true }).click();
  }
  await page.waitForURL("**/workbench");
}

const only = process.argv[2]; // "life" tells the long story alone

// A stranger
if (only !== "life") {
  const page = await person();
  await step("a stranger reads the public list", page, async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: "揭榜榜单" }).waitFor();
    await page.getByRole("complementary", { name: "演示模式" }).waitFor();
    await page.locator(".challenge-row").first().waitFor();
  });
  await step("searches and opens a challenge", page, async () => {
    await page.getByRole("searchbox").fill("磁悬浮轴承");
    await page.getByRole("button", { name: "搜索" }).click();
    await page.getByRole("link", { name: /磁悬浮轴承/ }).first().click();
    await page.getByRole("table", { name: "考核指标" }).waitFor();
  });
  await step("is led to sign in when he wants to bid", page, async () => {
    await page.getByRole("link", { name: "我要揭榜" }).click();
    await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
  });
  await step("reads it in English", page, async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
  });
}

// Everybody finds his desk
for (const [role, path, heading] of only === "life" ? [] : [
  ["leader", "/desk/challenges", "我的榜题"],
  ["team_lead", "/workbench", /您好/],
  ["institution", "/workbench", /您好/],
  ["officer", "/officer", "主管工作台"],
  ["expert", "/expert", "我的评审"],
  ["operator", "/workbench", /您好/],
  ["auditor", "/officer", "主管工作台"],
]) {
  const page = await person();
  await step(`${role} signs in and finds the desk`, page, async () => {
    await signIn(page, role);
    await page.goto(path); // a fresh load: the session comes back by its cookie
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await page.waitForLoadState("networkidle");
    const alert = page.getByRole("alert");
    if (await alert.count()) throw new Error(await alert.first().innerText());
  });
  await page.context().close();
}

// The main job from end to end
await life({ step, signIn, person, base: server.url }).catch((e) => {
  failed++;
  console.log(`FAIL  the story ended early\n      ${e.message}`);
});

await browser.close();
await server.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
