// The words of the bid and of the desks of those who are signed in.
export const zhDesks = {
  tieKinds: { employment: "任职", co_bid: "共同申报", collaboration: "合作研究", supervision: "师生", kinship: "亲属", shareholding: "持股", advice: "顾问咨询" } as Record<string, string>,
  bid: {
    title: "揭榜申报书", autosaved: (at: string) => `已自动保存 ${at}`, saving: "正在保存…", unsaved: "有未保存的改动", saveFailed: "自动保存失败", chooseTeam: "以哪支团队揭榜", start: "开始填写",
    responses: "指标响应", responsesHint: "逐项作答，须覆盖全部指标；低于要求的须声明偏离。", promised: "承诺值", present: "现有水平", basis: "依据", testPlan: "测试方案", deviation: "偏离声明",
    summary: "摘要", route: "技术路线", blind: "匿名技术路线", blindHint: "供匿名评审：不出现人名与单位名", schedule: "进度与里程碑安排", risks: "风险与预案", facilities: "设备与中试条件", promises: "承诺", integrity: "承诺内容真实，三年内无科研失信行为", noConflict: "声明与发榜方不存在影响揭榜的利害关系", partners: "参与单位与分工", partner: "单位", role: "分工", task: "任务占比", money: "经费占比", addPartner: "添加单位", people: "主要成员", person: "姓名", months: "投入月数/年", addPerson: "添加成员",
    budget: "经费预算", quote: "报价", equipment: "设备费", business: "业务费", labour: "劳务费", budgetSum: "三项合计须等于报价", ip: "知识产权响应", ipAccept: "接受榜题的知识产权条款", ipCounter: "另提方案", conversion: "转化方案", commitment: "签署军令状：按承诺指标与时限完成", files: "附件", upload: "上传附件", filesHint: "PDF、Word、Excel、图片等，单个不超过 50 MB",
    missing: "提交前还需补充", warnings: "请留意", endorsement: "单位推荐", endorsedBy: (by: string) => `由 ${by} 推荐`, endorseVoid: "内容已改动，推荐失效", endorsed: "单位已推荐此版本", requested: "已提请推荐，待单位处理", notEndorsed: "尚未推荐", versions: "历史版本", version: (n: number) => `第 ${n} 版`, sealedNote: "开标前，除本团队与所在单位外，任何人不能阅读内容，也不能得知揭榜数量。",
    receipt: "提交回执", receiptHint: "请保存此回执。开标后可凭摘要核对内容未被改动。", digest: "内容摘要（SHA-256）", serverTime: "服务器时间", print: "打印回执", keep: "下载回执", list: "揭榜申报", sealed: "申报书密封中，开标后可见。", quoteHead: "报价", team: "团队", submittedAt: "提交时间", endorsedOrSubmitted: "推荐 / 提交", versionOf: "版本", noneMine: "还没有揭榜申报", noneMineHint: "从推荐榜题中选择合适的榜题，点“我要揭榜”开始填写。", noneOpened: "没有揭榜申报", met: "达到要求", deviations: (n: number) => `${n} 项声明偏离`, knockoutsMissed: (n: number) => `${n} 项一票否决未达`, mine: "我的揭榜",
  },
  bidding: {
    evidence: "引用的能力佐证", evidenceHint: "勾选支撑本申报的佐证；已核验的更有说服力。", noEvidence: "团队尚未登记能力佐证", confidence: "把握（%）", under: "低于要求，须声明偏离", knockoutUnder: "一票否决项未达要求，将不能通过",
    readFirst: "请阅读全文后再推荐：推荐（盖章）只对下列内容摘要有效，团队改动后自动失效。", digestNow: "将要推荐的内容摘要", none: "这支团队在本题下的资格",
    receiptCheck: "如何离线核验", receiptSteps: ["下载“规范化内容”（RFC 8785 规范 JSON，UTF-8，无换行）。", "在任何计算机上运行：sha256sum content.json（Windows：certutil -hashfile content.json SHA256）。", "结果应与上面的“内容摘要”逐字相同；附件同理，与其 SHA-256 比对。"],
    canonical: "下载规范化内容", loadVersion: "查看此版本", locked: "申报书已密封。可在截止前修改后再次提交（替换）或撤回。", replaceNote: "您正在修改已密封的申报书；再次“密封提交”后，新内容替换旧内容。", sealedVersion: (n: number) => `已密封第 ${n} 版`, withdrawReason: "撤回理由（选填）",
  },
  sessions: { title: "登录会话", agent: "设备", since: "登录时间", used: "最近使用", until: "到期", current: "当前会话", profile: "个人资料", saved: "已保存", ended: "已结束" },
  inbox: { title: "单位推荐", lead: "本单位团队的揭榜申报：阅读后推荐（盖章）或不予推荐。", onlyAwaiting: "只看待处理" },
  desk: { title: "我的榜题", lead: "起草、提交与跟踪本单位发出的榜题。", none: "还没有榜题" },
  expert: { title: "我的评审", lead: "先声明、后阅读；提交前彼此独立。", declareNone: "我与揭榜方、发榜方及参与单位无利害关系", declareSecret: "我承诺对评审内容保密，不复制、不外传", declare: "回避与保密声明", due: "提交期限", score: "打开评分表", none: "暂无评审任务", declareHint: "阅读申报内容前，请核对下列单位与人员。存在利害关系的，请申请回避。", declareAndAccept: "声明并接受", waiting: "待评审", done: "已结束", begun: "评分中", noneHint: "被抽中并分配后会在此出现。", askedAt: "邀请于" },
  workbench: { title: "工作台", hello: (name: string) => `${name}，您好`, waiting: "待我处理", none: "目前没有待办", due: "期限", areas: "我的工作区", teams: "我的团队" },
};
