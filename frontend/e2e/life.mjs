// One whole life of a challenge in the browser: drafted, published, bid on, sealed, opened,
// checked, drawn, scored, ranked, publicised, decided. What many people do alike is done by
// one of them in the browser and by the others through the API.
import { api } from "./api.mjs";

const title = "高温合金涡轮盘近净成形与组织控制技术";
const indicators = [
  { name: "盘件屈服强度", unit: "MPa", op: ">=", value: "1050", baseline: "930 MPa", weight: "40", knockout: true },
  { name: "晶粒度偏差", unit: "级", op: "<=", value: "1", baseline: "2 级", weight: "30" },
  { name: "材料利用率", unit: "%", op: ">=", value: "45", baseline: "28 %", weight: "30" },
];

export async function life({ step: tell, signIn, person, base }) {
  const call = api(base);
  // Each step stands on the one before: the story ends where one fails.
  const step = async (...told) => {
    if (!(await tell(...told))) throw new Error(`it ended at: ${told[0]}`);
  };
  const demo = (await call("GET", "/demo/accounts")).accounts.map((a) => a.login);
  const me = async (login) => call("GET", "/account", { as: login });
  const owner = "al01";
  const [teamOne, teamTwo] = ["tm01", "tm06"].filter((x) => demo.includes(x));
  const one = await me(teamOne);
  const able = await call("GET", `/teams/${one.teams[0].id}`);
  let id = "";
  let bid = "";
  const second = {};

  const leader = await person();
  await signIn(leader, owner);
  const section = (page, name) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  const choose = (box, name, value) => box.getByRole("combobox", { name }).first().selectOption(value);
  const write = (box, name, n = 0) => box.getByRole("textbox", { name }).nth(n);

  await step("the leader drafts a challenge in the form", leader, async () => {
    await leader.goto("/desk/challenges");
    await leader.getByRole("button", { name: "起草新榜题" }).click();
    await leader.waitForURL("**/edit");
    id = leader.url().split("/").at(-2);
    const basics = section(leader, "基本信息");
    await write(basics, "项目名称", 0).fill(title);
    await choose(basics, "类别", "tech_breakthrough");
    await choose(basics, "技术性质", "chokepoint");
    await choose(basics, "产业链", able.chains[0]?.tag ?? { index: 1 });
    await choose(basics, /^联盟/, { index: 1 });
    await choose(basics, "当前成熟度", "4");
    await choose(basics, "目标成熟度", "7");
    await write(basics, /^背景/, 0).fill("大尺寸涡轮盘锻造余量大，组织均匀性不足，制约机组寿命与成本，亟需近净成形与组织控制的成套技术。");
    await write(basics, /^需求内容/, 0).fill("研究高温合金涡轮盘等温近净成形工艺、组织演化模型与在线控制方法，形成可工程应用的成套工艺与检验规范。");
    await choose(basics, /^领域/, able.domains[0].tag);
    await leader.getByRole("combobox", { name: /^公开范围/ }).selectOption("public");
    const asked = section(leader, "考核指标");
    for (const [i, x] of indicators.entries()) {
      await asked.getByRole("button", { name: "添加指标" }).click();
      await write(asked, `${i + 1}. 指标`).fill(x.name);
      await asked.getByRole("combobox", { name: "关系" }).nth(i).selectOption(x.op);
      await write(asked, "数值", i).fill(x.value);
      await write(asked, "单位", i).fill(x.unit);
      await write(asked, "现有水平", i).fill(x.baseline);
      await write(asked, "测试方法", i).fill("按国家标准取样检测，三件平均");
      await asked.getByRole("textbox", { name: "测试方", exact: true }).nth(i).fill("第三方检测机构");
      await write(asked, "权重", i).fill(x.weight);
      if (x.knockout) await asked.getByRole("checkbox", { name: "一票否决" }).nth(i).check();
    }
    const wants = section(leader, "能力要求");
    await wants.getByRole("button", { name: "添加能力" }).click();
    await choose(wants, "能力", able.capabilities[0].tag);
    await choose(wants, "最低等级", "2");
    await wants.getByLabel("必备").uncheck();
    const money = section(leader, "经费");
    await write(money, "揭榜金额", 0).fill("200");
    await write(money, "总投入", 0).fill("400");
    await write(money, /^发榜方$/).fill("400");
    const plan = section(leader, "里程碑");
    await write(plan, "实施期限", 0).fill("18");
    await choose(plan, "立项方式", "single");
    await choose(plan, "遴选方式", "panel_plus_owner");
    for (const [i, m] of [["样件", "9", "50", "样件达到强度指标"], ["验收", "18", "50", "全部指标经第三方检测"]].entries()) {
      await plan.getByRole("button", { name: "添加里程碑" }).click();
      await write(plan, `${i + 1}. 名称`, 0).fill(m[0]);
      await write(plan, "第几个月", i).fill(m[1]);
      await write(plan, "兑付比例", i).fill(m[2]);
      await write(plan, "完成标准", i).fill(m[3]);
    }
    await write(leader, "交付物").fill("涡轮盘样件三件\n成套工艺规范");
    const ip = section(leader, "知识产权");
    await choose(ip, "成果归属", "joint");
    await write(ip, "背景知识产权", 0).fill("各自保留");
    await write(ip, "揭榜方权利").fill("揭榜方可将成果用于自身科研与教学，并可在约定领域内许可第三方。");
    await leader.getByLabel("揭榜截止").fill(await wall(call, 30));
    const contact = section(leader, "联系人");
    await write(contact, "姓名", 0).fill("张工");
    await write(contact, "电话", 0).fill("13800000000");
    await leader.getByText(/内容完整，可以提交/).first().waitFor();
  });
  await step("and submits it", leader, async () => {
    await leader.getByRole("button", { name: "提交审核" }).click();
    await confirm(leader);
    await leader.getByText("待审核").first().waitFor();
  });

  const office = `/officer/challenges/${id}`;
  const city = await person();
  await signIn(city, "city01");
  await step("the city recommends it to the province", city, async () => {
    await city.goto(office);
    await city.getByRole("button", { name: "初审推荐" }).click();
    await city.getByRole("dialog").getByRole("textbox").fill("符合本市重点产业链方向，建议列入省级榜单。");
    await confirm(city);
    await city.getByRole("region", { name: "市级初审推荐意见" }).waitFor();
  });
  const officer = await person();
  await signIn(officer, "officer");
  await step("the officer finds it in the queue and approves it", officer, async () => {
    await officer.goto("/officer");
    await officer.getByRole("region", { name: "待审核" }).getByRole("link", { name: title }).click();
    await officer.getByRole("button", { name: "审核通过" }).click();
    await confirm(officer);
    await officer.getByText("待发榜").first().waitFor();
  });
  await step("and publishes it in a batch", officer, async () => {
    await officer.getByRole("button", { name: "发榜" }).click();
    await officer.getByRole("dialog").getByRole("button", { name: "发榜" }).click();
    await officer.getByText(/揭榜窗口开放至/).waitFor();
  });

  await step("sees whom it suits, what sets two of them apart, and invites one", officer, async () => {
    await officer.getByRole("tab", { name: "推荐团队" }).click();
    const two = officer.getByRole("checkbox", { name: /进行对比/ });
    await two.nth(0).check();
    await two.nth(1).check();
    await officer.getByRole("button", { name: "对比两队" }).click();
    await officer.getByRole("dialog").locator(".diverging").waitFor();
    await officer.getByRole("dialog").getByRole("button", { name: "关闭" }).click();
    await officer.getByRole("tab", { name: "邀请揭榜" }).click();
    await officer.getByRole("button", { name: /^邀请“/ }).first().click();
    await officer.getByLabel(/附言/).fill("贵团队的积累与本题契合，欢迎研究。");
    await confirm(officer);
    await officer.getByText("待答复").last().waitFor();
  });

  const lead = await person();
  await signIn(lead, teamOne);
  await step("a team lead sees it among the matches, with reasons", lead, async () => {
    await lead.goto(`/teams/${one.teams[0].id}/matches`);
    await lead.locator(".match-list").waitFor();
    const row = lead.locator(".match-list > li").filter({ hasText: title }).first(); // an invitation to it may stand above
    for (let i = 0; i < 5 && !(await row.count()); i++) await lead.getByRole("button", { name: /加载更多|展开/ }).first().click({ timeout: 3000 }).catch(() => {});
    await row.getByRole("button", { name: /理由/ }).click();
    await row.locator(".sum").first().waitFor();
  });
  await step("writes the bid", lead, async () => {
    await lead.goto(`/challenges/${id}/bid`);
    await lead.getByRole("button", { name: "开始填写" }).click();
    for (const x of indicators) {
      await lead.getByLabel(`${x.name} · 承诺值`).fill(x.op === "<=" ? "0.8" : String(Number(x.value) + 10));
      await lead.getByLabel(`${x.name} · 现有水平`).fill("试制件已达到九成");
      await lead.getByLabel(`${x.name} · 依据`).fill("三炉次中试数据与第三方检测报告");
      await lead.getByLabel(`${x.name} · 测试方案`).fill("按标准取样，第三方检测");
    }
    await lead.getByRole("textbox", { name: /^摘要/ }).fill("以等温锻造与组织模型为核心的成套技术。");
    await lead.getByRole("textbox", { name: /^技术路线/ }).fill("一、材料与模型；二、模具与工艺；三、样件与检测；四、现场验证。");
    await lead.getByRole("textbox", { name: /^进度/ }).fill("九个月完成样件，十八个月完成验收。");
    const partners = section(lead, "参与单位");
    if (!(await partners.getByLabel("任务占比").and(partners.locator("input")).count())) await partners.getByRole("button", { name: "添加单位" }).click();
    await write(partners, /^分工/).fill("总体与关键工艺");
    await partners.locator("input[inputmode=decimal]").nth(0).fill("100");
    await partners.locator("input[inputmode=decimal]").nth(1).fill("100");
    const people = section(lead, "主要成员");
    if (!(await people.getByLabel("姓名").count())) await people.getByRole("button", { name: "添加成员" }).click();
    await write(people, "姓名", 0).fill("李教授");
    await write(people, "分工", 0).fill("负责人");
    await people.locator("input[inputmode=decimal]").first().fill("8");
    const money = section(lead, "经费预算");
    for (const [label, v] of [["报价", "190"], ["设备费", "60"], ["业务费", "90"], ["劳务费", "40"]]) await write(money, label, 0).fill(v);
    await lead.getByLabel(/接受榜题的知识产权条款/).check();
    await lead.getByRole("textbox", { name: /^转化方案/ }).fill("验收后在发榜方产线应用。");
    for (const promise of [/承诺内容真实/, /军令状/, /利害关系/]) await lead.getByLabel(promise).check();
    await lead.getByRole("status").filter({ hasText: "已自动保存" }).waitFor();
    const gaps = lead.getByText(/提交前还需补充/);
    if (await gaps.count()) throw new Error(await gaps.first().locator("..").innerText());
  });
  await step("and asks the unit to endorse it", lead, async () => {
    await lead.getByRole("button", { name: "提请单位推荐" }).click();
    await lead.getByText("待单位推荐").first().waitFor();
    bid = (await call("GET", `/challenges/${id}/bid`, { as: teamOne })).id;
  });
  const institution = await adminOf(call, one.teams[0].org_id, demo);
  if (institution) {
    const stamp = await person();
    await signIn(stamp, institution);
    await step("the institution endorses exactly this content", stamp, async () => {
      await stamp.goto(`/bids/${bid}`);
      await stamp.getByRole("button", { name: "单位推荐（盖章）" }).click();
      await confirm(stamp);
      await stamp.getByText(/已推荐/).first().waitFor();
    });
    await stamp.context().close();
  } else throw new Error("the demo has no administrator of the team's unit");
  await step("the lead submits and sees the receipt", lead, async () => {
    await lead.goto(`/challenges/${id}/bid`);
    await lead.getByRole("button", { name: "密封提交" }).click();
    await confirm(lead);
    await lead.waitForURL("**/receipt");
    await lead.getByText(/^[0-9a-f]{64}$/).first().waitFor();
  });
  await step("a second team bids through the API", lead, async () => {
    const two = await me(teamTwo);
    const team = two.teams[0];
    const mine = await call("GET", `/bids/${bid}`, { as: teamOne });
    const draft = await call("POST", `/challenges/${id}/bids`, { as: teamTwo, body: { team: team.id } });
    const content = Object.fromEntries(Object.entries(mine.content).filter(([key]) => key !== "version"));
    const next = {
      ...content, quote_fen: 180_000_000, budget: { equipment_fen: 60_000_000, business_fen: 80_000_000, labour_fen: 40_000_000 }, evidence: [], documents: [],
      partners: [{ org: team.org_id, name: two.orgs.find((o) => o.id === team.org_id).name, task: "总体", task_pct: 100, money_pct: 100 }],
      promises: content.promises.map((p) => ({ ...p, evidence: [] })),
    };
    const saved = await call("PUT", `/bids/${draft.id}/content`, { as: teamTwo, body: next, version: draft.version });
    await call("POST", `/bids/${draft.id}/request`, { as: teamTwo });
    const stampTwo = await adminOf(call, team.org_id, demo);
    const now = await call("GET", `/bids/${draft.id}`, { as: stampTwo });
    await call("POST", `/bids/${draft.id}/endorse`, { as: stampTwo, body: { digest: now.digest }, version: now.version });
    await call("POST", `/bids/${draft.id}/submit`, { as: teamTwo });
    second.bid = saved.id;
  });

  const stranger = await person();
  await step("a visitor sees no bid and no count", stranger, async () => {
    await stranger.goto(`/challenges/${id}`);
    await stranger.getByRole("heading", { level: 1, name: title }).waitFor();
    const text = await stranger.locator("main").innerText();
    if (/揭榜数|份申报|李教授|等温锻造/.test(text)) throw new Error("something of the bids is shown");
    for (const path of [`/bids/${bid}`, `/challenges/${id}/bids`, `/challenges/${id}/ranking`, `/challenges/${id}/award`]) {
      const status = await stranger.evaluate((p) => fetch(p).then((r) => r.status), `/api/v1${path}`);
      if (status < 400) throw new Error(`${path} answers ${status}`);
    }
  });

  await step("the clock moves past the deadline; the officer opens the bids", officer, async () => {
    await call("POST", "/demo/advance", { as: "officer", body: { hours: 32 * 24 } });
    call.forget(); // sessions ran out with the moved clock
    await signIn(officer, "officer");
    await officer.goto(office);
    for (const name of ["截止揭榜", "开标"]) {
      const button = officer.getByRole("button", { name, exact: true });
      if (await button.waitFor({ timeout: 2000 }).then(() => true, () => false)) {
        await button.click();
        await confirm(officer);
      }
    }
    await officer.getByText("已审查 0 / 2 份").waitFor();
  });
  await step("checks both bids by the list", officer, async () => {
    for (const n of [0, 1]) {
      await officer.goto(`${office}?tab=bids`);
      await officer.locator("main table a").nth(n).click();
      await officer.getByRole("region", { name: /^形式审查表/ }).waitFor();
      for (const box of await officer.getByRole("checkbox").all()) await box.check();
      await officer.getByRole("button", { name: "形式审查通过" }).click();
      await officer.getByText("已审查", { exact: true }).waitFor();
    }
  });
  await step("draws the panel and gives out the bids", officer, async () => {
    await officer.goto(`${office}?tab=panel`);
    await officer.getByRole("button", { name: "随机抽取专家" }).click();
    const dialog = officer.getByRole("dialog");
    await dialog.getByLabel("评审组人数").selectOption("5");
    await dialog.getByRole("button", { name: "随机抽取专家" }).click();
    await officer.getByRole("region", { name: /^抽取记录/ }).waitFor();
    await officer.getByRole("tab", { name: "评审分配" }).click();
    await officer.getByRole("button", { name: "评审分配" }).click();
    await officer.getByText("待确认").first().waitFor();
  });

  const panel = await call("GET", `/challenges/${id}/panel`, { as: "officer" });
  const logins = [];
  for (const m of panel.members) logins.push(loginOf(m.name, demo));
  const judge = await person();
  await step("an expert declares, reads and scores in the browser", judge, async () => {
    await signIn(judge, logins[0]);
    await judge.goto("/expert");
    for (let n = 0; n < 2; n++) {
      await judge.goto("/expert");
      const card = judge.getByRole("listitem").filter({ hasText: title }).filter({ has: judge.getByRole("button", { name: "接受评审" }) }).first();
      const heading = await card.getByRole("heading").innerText(); // one bid of the two: the other may be done and open too
      await card.getByRole("button", { name: "接受评审" }).click();
      const dialog = judge.getByRole("dialog");
      for (const box of await dialog.getByRole("checkbox").all()) await box.check();
      await dialog.getByRole("button", { name: "声明并接受" }).click();
      await dialog.waitFor({ state: "hidden" });
      await judge.getByRole("listitem").filter({ hasText: heading }).getByRole("link", { name: "打开评分表" }).first().click();
      await judge.getByRole("table", { name: "指标响应" }).waitFor();
      const points = judge.getByRole("textbox", { name: /^得分/ });
      for (let k = 0; k < (await points.count()); k++) {
        const max = Number(/(\d+)/.exec(await points.nth(k).evaluate((x) => x.closest(".field").innerText))[1]);
        await points.nth(k).fill(String(Math.round(max * 0.8 * 2) / 2));
        await judge.getByRole("textbox", { name: /^理由/ }).nth(k).fill("依据充分，路线可行。");
      }
      await judge.getByRole("textbox", { name: /^总体意见/ }).fill("总体可行，建议立项。");
      await judge.getByLabel("把握程度").selectOption("2");
      await judge.getByLabel("推荐立项").check();
      await judge.getByRole("status").filter({ hasText: "已自动保存" }).waitFor();
      await judge.getByRole("button", { name: "提交评审意见" }).click();
      await confirm(judge);
      await judge.getByText("已提交，不可修改").waitFor();
    }
  });
  await step("the other experts score through the API", judge, async () => {
    for (const [n, login] of logins.slice(1).entries()) {
      const { items } = await call("GET", "/assignments?open=true", { as: login });
      for (const a of items.filter((x) => x.challenge.id === id)) {
        const on = await call("POST", `/assignments/${a.id}/accept`, { as: login, body: { no_conflict: true, confidential: true } });
        const form = await call("GET", `/assignments/${a.id}/review`, { as: login });
        const share = (on.bid === bid ? 0.84 : 0.72) + n * 0.01;
        const draft = { scores: form.criteria.map((c) => ({ criterion: c.code, points: Math.round(c.weight * share * 2) / 2, comment: "依据申报材料。" })), comment: "同意。", confidence: 2, recommend: true, knockouts: [] };
        await call("PUT", `/assignments/${a.id}/review`, { as: login, body: draft, version: form.version });
        await call("POST", `/assignments/${a.id}/review/submit`, { as: login });
      }
    }
  });
  await step("the owner says how satisfied he is", leader, async () => {
    await signIn(leader, owner);
    const words = await call("GET", `/challenges/${id}/satisfaction`, { as: owner });
    await leader.goto(`/challenges/${id}?tab=owner`);
    const table = leader.getByRole("table", { name: /满意度/ });
    await table.waitFor();
    for (let n = 0; n < words.items.length; n++) {
      await table.getByRole("button", { name: "需求方满意度评价" }).first().click();
      const dialog = leader.getByRole("dialog");
      await dialog.getByLabel(/满意度/).fill(String(85 - n));
      await dialog.getByRole("button", { name: "确认" }).click();
      await dialog.waitFor({ state: "hidden" });
      await table.getByRole("button", { name: "修改评价" }).nth(n).waitFor(); // the list is read again, or the next word goes to the same bid
    }
  });
  await step("the officer ranks and compares two places", officer, async () => {
    await officer.goto(office);
    await officer.getByRole("button", { name: "计算排序" }).click();
    await officer.getByRole("tab", { name: "排序" }).click();
    await officer.getByText(/领先/).first().waitFor();
    await officer.getByText("权重稳健性").waitFor();
  });
  await step("proposes and publicises the award", officer, async () => {
    await officer.getByRole("button", { name: "提出拟立项" }).click();
    await officer.getByRole("dialog").getByRole("button", { name: "提出拟立项" }).click();
    await officer.getByRole("button", { name: "公示", exact: true }).click();
    await confirm(officer);
    await officer.getByText(/公示至/).first().waitFor();
  });
  await step("a visitor reads the award page", stranger, async () => {
    await stranger.goto(`/challenges/${id}/award`);
    await stranger.getByText("公示期").first().waitFor();
    await stranger.getByText("第 1 名").waitFor();
  });
  await step("the publicity is over; the officer decides", officer, async () => {
    await call("POST", "/demo/advance", { as: "officer", body: { hours: 20 * 24 } });
    call.forget();
    await signIn(officer, "officer");
    await officer.goto(office);
    await officer.getByRole("button", { name: "确认立项" }).click();
    await confirm(officer);
    await officer.getByText("已中榜").first().waitFor();
  });
  await step("who did not win finds the letter among the notices", lead, async () => {
    const award = await call("GET", `/challenges/${id}/award`);
    const won = award.awards[0].bid === bid;
    await signIn(lead, won ? teamTwo : teamOne);
    const letter = lead.getByText(new RegExp(`结果通知：.*${title}`));
    for (let i = 0; i < 10; i++) {
      await lead.goto("/notices");
      if (await letter.first().waitFor({ timeout: 2000 }).then(() => true, () => false)) break;
    }
    await letter.first().click();
    await lead.waitForURL("**/bids/**");
  });
}

/** A confirm dialog, where there is one. */
async function confirm(page) {
  const dialog = page.getByRole("dialog");
  if (!(await dialog.waitFor({ timeout: 1200 }).then(() => true, () => false))) return;
  await dialog.getByRole("button", { name: "确认", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The wall clock of the platform's zone, so many days from the server's now. */
async function wall(call, days) {
  const { now } = await call("GET", "/about");
  return `${new Date(Date.parse(now) + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)}T17:00`;
}

/** Experts of the demo are named by their number. */
function loginOf(name) {
  return `ex${/(\d{3})/.exec(name)[1]}`;
}

/** Who stamps for a unit, among the accounts of the demo. */
async function adminOf(call, org, demo) {
  for (const login of demo.filter((x) => /^(admin|al)/.test(x))) {
    const me = await call("GET", "/account", { as: login });
    if (me.orgs.some((o) => o.id === org && o.role === "admin")) return login;
  }
  return undefined;
}
