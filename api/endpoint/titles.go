package endpoint

import "strings"

// title is a column's heading in the caller's language, as the pages say it.
func (c column) title(zh bool) string {
	words := make([]string, len(c.path))
	for i, name := range c.path {
		words[i] = headingOf(name, zh)
	}
	text := strings.Join(words, " · ")
	if c.kind == "money" {
		if zh {
			return text + "（万元）"
		}
		return text + " (CNY 10,000)"
	}
	return text
}

// headingOf is the word for a field. English is the field's own name, which is written in
// English words.
func headingOf(name string, zh bool) string {
	if zh {
		if text, ok := headings[name]; ok {
			return text
		}
	}
	text := strings.ReplaceAll(strings.TrimSuffix(strings.TrimSuffix(name, "_fen"), "_at"), "_", " ")
	switch name {
	case "id", "ipc", "uscc", "trl_current", "trl_max", "trl_min", "trl_target":
		return strings.ToUpper(text[:min(len(text), 4)]) + text[min(len(text), 4):]
	case "at":
		return "Time"
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// headings are the Chinese words for the fields of rows. A test asks for one for every column.
var headings = map[string]string{
	"average":        "平均分",
	"need_sheets":    "需求论证意见数",
	"opinion":        "论证结论",
	"attempt":        "次数",
	"event":          "事件",
	"event_at":       "事件时间",
	"chosen":         "已另选",
	"error":          "错误",
	"excludes":       "排除数",
	"failures":       "连续失败",
	"format":         "格式",
	"group":          "组别",
	"has_bot_secret": "有机器人密钥",
	"keeper":         "设置人",
	"kinds":          "事件种类",
	"lacks":          "欠缺",
	"latency_ms":     "耗时（毫秒）",
	"locale":         "语言",
	"mail":           "邮件",
	"message_id":     "邮件编号",
	"min_quality":    "最低质量分",
	"most":           "满分",
	"only":           "仅此一项排除",
	"owner_name":     "需求单位",
	"pass":           "通过数",
	"path":           "路径",
	"quality":        "质量分",
	"scope_id":       "范围编号",
	"scope_name":     "范围名称",
	"scope":          "范围",
	"secret":         "密钥",
	"status":         "状态码",
	"url":            "地址",
	"withheld":       "不予显示",
	"act":            "行为", "action": "操作", "address": "地址", "agent": "客户端", "alias": "化名", "answer": "答复", "answered_at": "答复时间",
	"appeal": "申诉", "appealed_at": "申诉时间", "assignment": "评审任务", "at": "时间", "audience": "发布范围", "awaiting": "待办", "band": "等级",
	"basis": "依据", "bid": "揭榜申报", "bid_code": "申报编号", "blind": "匿名", "bid_deadline": "申报截止", "body": "内容", "bounty_fen": "揭榜金额", "by": "方式",
	"capabilities": "能力", "capped": "封顶", "chain": "产业链", "chain_en": "产业链（英文）", "chain_zh": "产业链（中文）", "challenge": "榜单项目",
	"checked": "已核", "checks": "核验记录", "choice": "可选", "city": "城市", "clarify_until": "澄清截止", "code": "编号", "comment": "意见",
	"competition_mode": "竞争方式", "confidence": "把握程度", "contact": "联系人", "count": "数量", "created_at": "创建时间", "criteria": "评分项",
	"current": "当前", "decided_at": "决定时间", "decided_by": "决定人", "decision": "决定", "declared_at": "声明时间", "digest": "摘要值",
	"documents": "附件", "domains": "领域", "done": "已完成", "draft": "草稿", "due_at": "截止时间", "eligible": "符合条件", "email": "邮箱",
	"endorsed": "已推荐", "expert": "专家", "experts": "专家", "expires_at": "到期时间", "failed_checks": "未通过项", "file_name": "文件名",
	"filed_at": "提出时间", "finding": "结论", "fit_place": "匹配名次", "formula": "公式", "from": "自", "gates": "资格条件", "gbt4754": "国民经济行业代码",
	"given": "已给出", "group_zh": "分组", "honor_only": "荣誉揭榜", "id": "标识", "in_force": "生效中", "in_province_only": "限省内", "invited_by": "邀请人",
	"ipc": "IPC 分类", "items": "事项", "joined_at": "加入时间", "kind": "类别", "knockouts": "不符合项", "last_used_at": "最近使用", "leader": "盟主", "level": "级别", "link": "链接",
	"live": "在册", "login": "账号", "maps_to": "对应", "match_score": "匹配分", "max_lanes": "赛马上限", "media_type": "文件格式", "members": "成员",
	"merged_into": "并入", "message": "消息", "mine": "我的", "missing": "缺项", "models": "模型", "name": "名称", "name_en": "名称（英文）",
	"name_zh": "名称（中文）", "nature": "性质", "needs_recommendation": "须推荐", "no": "序号", "note": "备注", "note_zh": "备注", "open_at": "开榜时间",
	"org": "单位", "org_id": "单位标识", "org_name": "单位名称", "over": "已结束", "overdue": "逾期", "owner": "发榜方", "owner_id": "所属标识",
	"owner_kind": "所属类别", "panel": "评审组", "parent": "上级", "partners": "参与单位", "people": "人员", "place": "名次", "points": "得分",
	"position": "位次", "prefix": "前缀", "programme": "计划", "promises": "承诺指标", "publicity_days": "公示天数", "published_at": "发布时间", "purpose": "用途",
	"quote_fen": "报价", "raise": "提升建议", "read_at": "阅读时间", "reason": "理由", "recommend": "建议立项", "region": "地区", "region_code": "行政区划代码",
	"requested": "已申请", "requested_by": "申请人", "reviews_this_year": "本年评审数", "role": "角色", "roles": "角色", "saved_at": "保存时间",
	"saved_by": "保存人", "scopes": "权限范围", "score": "分数", "scores": "评分", "sealed": "已密封", "selection_mode": "遴选方式", "sent_at": "发送时间", "sha256": "SHA-256",
	"sheet": "评分表", "since": "自", "size": "大小（字节）", "source": "来源", "state": "状态", "state_reason": "状态说明", "subject": "对象",
	"submitted_at": "提交时间", "sum": "合计", "summary": "简介", "synonyms": "同义词", "tags": "技术标签", "team": "科研团队", "term_months": "期限（月）",
	"terms": "词条", "text": "内容", "thing": "事项", "thing_kind": "事项类别", "tier": "层级", "title": "标题", "to": "至", "topic": "主题",
	"total": "总分", "trl_current": "当前成熟度", "trl_max": "成熟度上限", "trl_min": "成熟度下限", "trl_target": "目标成熟度", "type": "类型",
	"unit": "单位", "until": "至", "updated_at": "更新时间", "used_at": "最近使用", "user_id": "用户标识", "uscc": "统一社会信用代码", "valid_from": "有效期起",
	"valid_to": "有效期止", "verdict": "结论", "version": "版本", "veto": "一票否决", "weights": "权重", "why": "理由", "words": "评语", "year": "年度",
	"yearly_cap": "年度上限",
	"above_high": "高于上界", "alone": "单独排除数", "announced_at": "预告时间", "asked_at": "提问时间", "averages": "平均分", "behind": "落后", "below_low": "低于下界",
	"best": "最高水平", "challenge_id": "榜单项目标识", "changes": "变更内容", "child": "下级单位", "cloned_from": "沿用批次", "dates": "日期", "deadline_after": "变更后截止",
	"deadline_before": "变更前截止", "excluded": "排除数", "field": "字段", "hard": "硬性要求", "high": "上界", "holders": "具备者", "least_deadline": "最早截止",
	"low": "下界", "match": "匹配", "min_level": "最低水平", "notice": "预告", "now": "当前", "out": "排除", "passed": "通过", "person": "人员", "question": "提问",
	"reads": "阅读次数", "reason_en": "理由（英文）", "rules": "规则", "sheets": "评分表", "spread": "离散度", "supplement_no": "补充公告序号", "tag": "标签", "tie": "并列", "weight": "权重",
	"found_in": "命中位置", "second_factor": "第二因素", "locked_until": "锁定至", "conflict_rules": "回避规则", "parties": "有关各方", "strike_reason": "撤销理由", "what": "内容",
}
