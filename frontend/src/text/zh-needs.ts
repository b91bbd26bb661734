// The words of needs and of the quality score.
export const zhNeeds = {
  actions: { "need.search": "公开需求库", "need.desk": "我的需求", "need.draft": "填报需求", "need.show": "查看需求", "need.edit": "修改需求", "need.submit": "提交需求", "need.quality": "需求质量评分", "need.forecast": "可揭榜团队预测", "need.comment": "留言", "need.resolve": "标为已解决", "need.refine": "请发榜方完善", "need.argue": "指定论证专家", "need.score": "提交论证意见", "need.return": "退回需求", "need.park": "暂存入库", "need.resume": "重新启用", "need.merge": "合并需求", "need.approve": "论证通过", "need.turn": "转为榜题", "need.turned": "已转为榜题", "match.forecast": "可揭榜团队预测" } as Record<string, string>,
  states: { need: { "draft": "草稿", "submitted": "待受理", "refining": "完善中", "in_argument": "论证中", "approved": "论证通过", "returned": "已退回", "parked": "暂存", "merged": "已合并", "turned": "已转榜题" } },
  words: {
    score: "质量评分",
    mend: "待完善",
    override: "质量低于批次要求仍予发布的理由",
    full: "各项均已写明。",
    teams: "可揭榜团队",
    parts: { "indicators": "量化指标", "test": "测试方法与测试方", "baseline": "现有水平", "money": "资金与证明", "ip": "知识产权", "trl": "成熟度跨越", "conditions": "条件不设限", "window": "期限与窗口", "words": "用语明确" } as Record<string, string>,
    lacks: { "no_number": "写成可测的数值。", "no_unit": "填写单位；无量纲填 1。", "few_indicators": "至少写明三项考核指标。", "no_test_method": "写明测试方法：标准、台架或次数。", "no_tester": "写明由谁测试。", "no_baseline": "写明现有水平，以便判断提升幅度。", "no_money": "写明总投入。", "no_owner_part": "写明本单位自筹金额。", "no_proof": "提供资金落实的证明。", "no_ip_owner": "写明成果归谁所有。", "no_ip_background": "写明背景知识产权归谁。", "no_ip_rights": "写明揭榜方可如何使用成果。", "no_trl_now": "填写当前成熟度（1–9）。", "no_trl_target": "填写目标成熟度（1–9）。", "trl_gap_unknown": "成熟度跨越尚不明确。", "trl_gap": "成熟度跨越须为 1–4 级；更远的请分期。", "narrow_condition": "该条件指向特定单位或身份，请改为要求能做什么。", "term": "期限须为 6–48 个月。", "window": "留出至少 20 天揭榜时间。", "vague_word": "含糊用语，请改为数值或标准。", "no_text": "写明要解决的问题。" } as Record<string, string>,
    choices: { "region": "地域限制", "kind": "主体限制", "capability": "能力要求", "approve": "建议通过", "revise": "建议修改", "reject": "不建议", "newest": "最新", "quality": "质量" } as Record<string, string>,
  },
};

export const zhNeedProblems: Record<string, string> = {
  "need.length": "至少 {1} 个字。",
  "need.contact": "请填写电话或邮箱。",
  "need.summary": "请填写可公开的摘要，或选择不公开。",
  "need.incomplete": "需求尚不完整，请完善所列各项。",
  "need.invalid": "有填写内容需要修改。",
  "need.comment_resolved": "没有这条未解决的留言。",
  "need.scored_already": "您的论证意见已提交。",
  "need.not_argued": "专家意见尚未全部提交。",
  "need.merge_self": "须为另一项需求。",
  "need.merge_unknown": "不在您的需求库中。",
  "need.merge_merged": "该需求本身已被合并，请选择合并后的需求。",
  "need.merge_region": "属于其他省份。",
  "need.expert_unknown": "不是在库专家。",
  "need.expert_twice": "该专家已被指定。",
  "need.expert_conflict": "该专家与发榜方存在利害关系。",
  "need.wrong_state": "需求当前状态不能这样操作。",
  "challenge.quality_low": "质量评分 {1}，低于批次要求的 {2}：请退回完善，或至少用 10 个字说明为何仍予发布。",
};
