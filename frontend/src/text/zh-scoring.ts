// The words of blind review, score sheets, clarification and feedback.
export const zhScoring = {
  actions: { "review.read": "阅读申报书" } as Record<string, string>,
  states: {},
  words: {
    blindBid: "匿名申报书",
    blindNote: "匿名评审：不显示申报方、单位、人员与时间。如认出申报方，请申请回避。",
    blindDeclare: "本批次匿名评审，不显示申报方名称。系统已按登记的利害关系排除回避情形；阅读中认出申报方的，请随时申请回避。",
    blindFree: "我与发榜方无利害关系；认出申报方时即申请回避",
    files: "附件",
    noFiles: "无附件",
    modes: { "": "公开", names: "隐去申报方", both: "双向匿名" } as Record<string, string>,
    purposes: { attachment: "附件", blind: "匿名附件（评审专家可见）" } as Record<string, string>,
    uploadBlind: "上传匿名附件",
  },
};

export const zhScoringProblems: Record<string, string> = {
  "bid.blind_missing": "本批次匿名评审，匿名技术路线至少须有 {1} 个字。",
};
