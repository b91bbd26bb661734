// Package phrases is the sentences (通知用语) in which people are told by mail and by bots what has
// happened, in both languages. The pages have words of their own, which are shorter.
package phrases

import "strings"

// Phrase is what is said of one kind of event: a subject and a sentence or two. Words in braces
// stand for what the event is about.
type Phrase struct{ Subject, Text string }

// Of finds the phrase of a kind for whoever is told as something; "" is nobody in particular.
// ok is false where there is none.
func Of(locale, kind, as string) (p Phrase, ok bool) {
	words := chinese
	if locale == "en" {
		words = english
	}
	if p, ok = words[kind+"/"+as]; !ok {
		p, ok = words[kind]
	}
	return p, ok
}

// Fill puts values in the place of the words in braces. What has no value disappears.
func (p Phrase) Fill(values map[string]string) Phrase {
	return Phrase{fill(p.Subject, values), fill(p.Text, values)}
}

func fill(text string, values map[string]string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			return b.String()
		}
		b.WriteString(values[name]) // never read again: a brace in a title stays one
		text = after
	}
}

var chinese = map[string]Phrase{
	"account.make_reset":           {"重置登录密码", "有人为您的账号 {login} 申请重置密码。如是您本人，请在有效期内打开下面的链接设置新密码，链接只能使用一次。如非本人操作，请不必理会，原密码继续有效。"},
	"signup.invite":                {"{by}邀请您加入{org}", "{by}邀请您在揭榜台注册账号，加入{org}，身份为{role}。请在有效期内打开下面的链接完成注册，链接只能使用一次。如不认识邀请人，请不必理会。"},
	"need.submit":                  {"需求《{title}》待受理", "需求《{title}》已提交，请受理：请发榜方完善、指定专家论证，或退回、暂存。"},
	"need.comment":                 {"需求《{title}》有新留言", "需求《{title}》有新的留言，请查看并答复。"},
	"need.refine":                  {"请完善需求《{title}》", "主管部门请您完善需求《{title}》。请按意见修改后重新提交。"},
	"need.return":                  {"需求《{title}》被退回", "需求《{title}》被退回，理由见需求页面。"},
	"need.park":                    {"需求《{title}》暂存入库", "需求《{title}》暂存入库，待条件成熟后再论证，理由见需求页面。"},
	"need.merge":                   {"需求《{title}》已合并", "需求《{title}》与另一项需求合并处理，去向与理由见需求页面。"},
	"need.argue":                   {"请您论证需求《{title}》", "请您论证需求《{title}》，阅读后提交论证意见。论证结束前各专家意见互不可见。"},
	"need.replace":                 {"请您递补论证需求《{title}》", "请您递补论证需求《{title}》，阅读后提交论证意见。"},
	"need.score":                   {"需求《{title}》论证意见已收齐", "需求《{title}》的专家论证意见已收齐，请作出结论。"},
	"need.approve":                 {"需求《{title}》论证通过", "需求《{title}》已通过论证，可以转为榜题。"},
	"need.turned":                  {"需求《{title}》已转为榜题", "需求《{title}》已转为榜题草稿，请继续完善并提交审核。"},
	"challenge.submit":             {"《{title}》待审核", "《{title}》已提交，请在规定时限内审核是否适合发榜。"},
	"challenge.return":             {"《{title}》被退回修改", "《{title}》被退回修改。请查看退回意见，修改后重新提交。"},
	"challenge.approve":            {"《{title}》已审核通过", "《{title}》已审核通过，等待列入批次发榜。"},
	"challenge.publish":            {"《{title}》已发榜", "《{title}》已公开发榜，各团队可以在截止时间前揭榜。"},
	"challenge.publish/team":       {"新榜题《{title}》适合贵团队", "新发布的榜题《{title}》与贵团队的能力相符，欢迎在截止时间前揭榜。"},
	"challenge.publish/subscriber": {"新榜题《{title}》符合您的订阅", "您订阅的内容有新榜题：《{title}》。"},
	"challenge.remind":             {"《{title}》即将截止揭榜", "《{title}》即将截止揭榜。尚未密封提交的申报书，请在截止时间前完成推荐和提交，逾期不予受理。"},
	"challenge.withdraw":           {"《{title}》已撤榜", "《{title}》已撤榜，理由见榜题页面。此前的申报不再评审，未开标的申报书不会被打开。"},
	"challenge.close":              {"《{title}》已截止揭榜", "《{title}》已截止揭榜，将在规定时间统一开标。"},
	"challenge.open":               {"《{title}》已开标", "《{title}》的申报书已统一开标，进入形式审查和评审。"},
	"challenge.no_bid":             {"《{title}》流榜：无人揭榜", "《{title}》到截止时间无人揭榜。可以查看原因，调整条件后重新发榜。"},
	"challenge.fail":               {"《{title}》评审未通过", "《{title}》没有申报书通过评审，本次揭榜结束。理由见榜题页面。"},
	"invitation.send":              {"邀请贵团队揭榜《{title}》", "发榜方邀请团队“{team_name}”揭榜《{title}》。邀请不改变评审条件，是否揭榜由贵团队自行决定。"},
	"invitation.accept":            {"团队“{team_name}”接受了揭榜邀请", "团队“{team_name}”接受了《{title}》的揭榜邀请。"},
	"invitation.decline":           {"团队“{team_name}”谢绝了揭榜邀请", "团队“{team_name}”谢绝了《{title}》的揭榜邀请。"},
	"bid.request":                  {"《{title}》的申报书待贵单位推荐", "本单位团队对《{title}》的申报书等待推荐意见。未经单位推荐，申报书不能提交，请在截止时间前办理。"},
	"bid.endorse":                  {"单位已推荐《{title}》的申报书", "单位已推荐《{title}》的申报书，现在可以密封提交。"},
	"bid.refuse":                   {"单位未推荐《{title}》的申报书", "单位未推荐《{title}》的申报书。请查看理由，修改后可以再次申请推荐。"},
	"bid.submit":                   {"《{title}》的申报书已密封提交", "《{title}》的申报书已密封提交，回执可在申报书页面查看和核验。截止时间前可以修改或撤回。"},
	"bid.withdraw":                 {"《{title}》的申报书已撤回", "《{title}》的申报书已撤回。截止时间前可以重新提交。"},
	"bid.check":                    {"《{title}》的申报书通过形式审查", "《{title}》的申报书通过形式审查，将进入专家评审。"},
	"bid.reject":                   {"《{title}》的申报书未通过形式审查", "《{title}》的申报书未通过形式审查，不进入评审。理由见申报书页面。"},
	"assignment.run":               {"请您评审《{title}》的申报书", "您被抽取为《{title}》的评审专家。请先确认没有应当回避的情形，再决定是否接受。"},
	"assignment.invite":            {"请您递补评审《{title}》的申报书", "您递补为《{title}》的评审专家。请先确认没有应当回避的情形，再决定是否接受。"},
	"assignment.recuse":            {"《{title}》有专家申请回避", "《{title}》有一位专家申请回避，请查看是否需要递补。"},
	"assignment.decline":           {"《{title}》有专家谢绝评审", "《{title}》有一位专家谢绝评审，请查看是否需要递补。"},
	"ranking.compute":              {"《{title}》的排序已计算", "《{title}》的评审排序已计算，可以查看名次和依据。"},
	"award.publicize":              {"《{title}》的评审结果开始公示", "《{title}》的拟立项结果开始公示。对结果有异议的，请在公示期内实名提出。"},
	"objection.file":               {"《{title}》收到异议", "《{title}》的公示收到异议，请在规定期限内核查并答复。异议处理完毕前不能确认立项。"},
	"objection.uphold":             {"对《{title}》的异议成立", "对《{title}》公示结果的异议经核查成立，拟立项结果将撤回重新评定。"},
	"objection.dismiss":            {"对《{title}》的异议不成立", "对《{title}》公示结果的异议经核查不成立。答复意见见异议页面。"},
	"award.decide":                 {"《{title}》的立项结果已确认", "《{title}》的立项结果已确认，现已公布。"},
	"award.decide/bidder":          {"《{title}》的立项结果已确认", "《{title}》的立项结果已确认。贵团队的申报书未通过形式审查，未参加评选。"},
	"bid.award":                    {"结果通知：贵团队在《{title}》中中榜", "祝贺：贵团队在《{title}》中中榜。请按要求与发榜方商定合同。各项评分和理由见申报书页面。"},
	"bid.reserve":                  {"结果通知：贵团队在《{title}》中列为备选", "贵团队在《{title}》中列为备选。中榜团队未能签约时依次递补。各项评分和理由见申报书页面。"},
	"bid.not_award":                {"结果通知：贵团队在《{title}》中未中榜", "贵团队在《{title}》中未中榜，感谢参与。名次、各项评分和理由见申报书页面。"},
	"webhook.pause":                {"消息推送“{title}”已暂停", "消息推送“{title}”已暂停：{reason}。请检查接收地址，处理后在推送设置中恢复。"},
	"webhook.test":                 {"揭榜台推送测试", "这是一条测试消息：推送地址设置正确。"},
}

var english = map[string]Phrase{
	"account.make_reset":           {"Set a new password", "Somebody asked for a new password for your account {login}. If it was you, open the link below in time and set one; it works once. If it was not you, there is nothing to do: your password stays as it is."},
	"signup.invite":                {"{by} invites you to {org}", "{by} invites you to make an account on Jiebang and to join {org} as {role}. Open the link below in time; it works once. If you do not know who invites you, there is nothing to do."},
	"need.submit":                  {"The need “{title}” waits for you", "The need “{title}” was submitted. Please take it up: let its owner refine it, name experts, return or park it."},
	"need.comment":                 {"A comment on the need “{title}”", "There is a new comment on the need “{title}”. Please read and answer it."},
	"need.refine":                  {"Please refine the need “{title}”", "The office asks you to refine the need “{title}”. Please mend it and submit it again."},
	"need.return":                  {"The need “{title}” was returned", "The need “{title}” was returned. The reason is on its page."},
	"need.park":                    {"The need “{title}” is kept for later", "The need “{title}” is kept for later. The reason is on its page."},
	"need.merge":                   {"The need “{title}” was merged", "Another need stands for “{title}” now. Which, and why, is on its page."},
	"need.argue":                   {"Please argue the need “{title}”", "You are asked to argue the need “{title}”. Please read it and hand in your sheet; nobody sees another's sheet until it is over."},
	"need.replace":                 {"Please argue the need “{title}” in another's place", "You are asked to argue the need “{title}” in another expert's place. Please read it and hand in your sheet."},
	"need.score":                   {"Every sheet on the need “{title}” is in", "The experts' sheets on the need “{title}” are all in. Please conclude."},
	"need.approve":                 {"The need “{title}” was approved", "The need “{title}” passed its argument and can be turned into a challenge."},
	"need.turned":                  {"The need “{title}” became a challenge", "The need “{title}” is carried on by a draft of a challenge. Please complete and submit it."},
	"challenge.submit":             {"“{title}” waits for approval", "“{title}” was submitted. Please decide in time whether it is fit to be published."},
	"challenge.return":             {"“{title}” was returned for changes", "“{title}” was returned. Please read the remarks, mend it and submit it again."},
	"challenge.approve":            {"“{title}” was approved", "“{title}” was approved and waits to be published in a batch."},
	"challenge.publish":            {"“{title}” was published", "“{title}” is on the public list. Teams may bid until the deadline."},
	"challenge.publish/team":       {"New challenge “{title}” suits your team", "The new challenge “{title}” fits what your team can do. You are welcome to bid until the deadline."},
	"challenge.publish/subscriber": {"“{title}” is what you subscribed to", "There is a new challenge of the kind you subscribed to: “{title}”."},
	"challenge.remind":             {"“{title}” closes soon", "“{title}” closes soon. A bid that is not sealed yet must be endorsed and submitted before the deadline; later ones are not taken."},
	"challenge.withdraw":           {"“{title}” was withdrawn", "“{title}” was withdrawn; the reason is on its page. Bids on it are not judged, and sealed ones are never opened."},
	"challenge.close":              {"“{title}” is closed for bids", "“{title}” is closed for bids. They are opened together at the time that was set."},
	"challenge.open":               {"The bids on “{title}” were opened", "The bids on “{title}” were opened together and go into the formal check and the review."},
	"challenge.no_bid":             {"Nobody bid on “{title}”", "Nobody had bid on “{title}” when it closed. You may look at the reasons, change the conditions and post it again."},
	"challenge.fail":               {"No bid on “{title}” passed", "No bid on “{title}” passed the review. It ends here; the reasons are on its page."},
	"invitation.send":              {"Your team is invited to bid on “{title}”", "Team “{team_name}” is invited to bid on “{title}”. An invitation changes no condition of the review; whether to bid is for your team to decide."},
	"invitation.accept":            {"Team “{team_name}” accepted the invitation", "Team “{team_name}” accepted the invitation to bid on “{title}”."},
	"invitation.decline":           {"Team “{team_name}” declined the invitation", "Team “{team_name}” declined the invitation to bid on “{title}”."},
	"bid.request":                  {"A bid on “{title}” waits for your unit", "A bid of your unit on “{title}” waits for its endorsement. Without it the bid cannot be submitted; please see to it before the deadline."},
	"bid.endorse":                  {"Your unit endorsed the bid on “{title}”", "Your unit endorsed the bid on “{title}”. It can be sealed and submitted now."},
	"bid.refuse":                   {"Your unit refused the bid on “{title}”", "Your unit did not endorse the bid on “{title}”. Please read why; you may mend it and ask again."},
	"bid.submit":                   {"The bid on “{title}” was sealed", "The bid on “{title}” was sealed and submitted. Its receipt is on the page of the bid. Until the deadline it may be changed or withdrawn."},
	"bid.withdraw":                 {"The bid on “{title}” was withdrawn", "The bid on “{title}” was withdrawn. It may be submitted again until the deadline."},
	"bid.check":                    {"The bid on “{title}” passed the formal check", "The bid on “{title}” passed the formal check and goes to the experts."},
	"bid.reject":                   {"The bid on “{title}” failed the formal check", "The bid on “{title}” failed the formal check and is not judged. The reasons are on its page."},
	"assignment.run":               {"You are asked to review a bid on “{title}”", "You were drawn as an expert for “{title}”. Please first declare that you have no conflict of interest, then accept or decline."},
	"assignment.invite":            {"You are asked to step in on “{title}”", "You are asked to step in as an expert for “{title}”. Please first declare that you have no conflict of interest, then accept or decline."},
	"assignment.recuse":            {"An expert stepped aside on “{title}”", "An expert stepped aside on “{title}”. Please see whether a reserve is needed."},
	"assignment.decline":           {"An expert declined on “{title}”", "An expert declined to review on “{title}”. Please see whether a reserve is needed."},
	"ranking.compute":              {"The ranking of “{title}” was computed", "The ranking of “{title}” was computed. Places and reasons can be looked at."},
	"award.publicize":              {"The result of “{title}” is public", "The proposed result of “{title}” is public now. Objections may be filed under one's real name while it is."},
	"objection.file":               {"There is an objection to “{title}”", "There is an objection to the result of “{title}”. Please look into it and answer in time; the award waits for it."},
	"objection.uphold":             {"The objection to “{title}” was upheld", "The objection to the result of “{title}” was upheld. The proposal is taken back and made anew."},
	"objection.dismiss":            {"The objection to “{title}” was dismissed", "The objection to the result of “{title}” was dismissed. The answer is on the page of the objection."},
	"award.decide":                 {"The award of “{title}” is decided", "The award of “{title}” is decided and public."},
	"award.decide/bidder":          {"The award of “{title}” is decided", "The award of “{title}” is decided. Your bid had failed the formal check and was not judged."},
	"bid.award":                    {"Result: your team won “{title}”", "Congratulations: your team won “{title}”. Please agree on the contract with the owner. Scores and reasons are on the page of the bid."},
	"bid.reserve":                  {"Result: your team stands in reserve for “{title}”", "Your team stands in reserve for “{title}” and follows if the winner does not sign. Scores and reasons are on the page of the bid."},
	"bid.not_award":                {"Result: your team did not win “{title}”", "Your team did not win “{title}”. Thank you for taking part. Place, scores and reasons are on the page of the bid."},
	"webhook.pause":                {"The webhook “{title}” was paused", "The webhook “{title}” was paused: {reason}. Please look after its address and resume it in the settings."},
	"webhook.test":                 {"A test from Jiebang", "This is a test: the address of the webhook is right."},
}
