// The words of the desk for people: offices, invitations, locked accounts, and the further ways of signing in.
export const zhPeople = {
  actions: { "account.list_locked": "查看锁定账号" } as Record<string, string>,
  problems: { "account.only_admin": "该账号是所在单位的唯一管理员，请先由该单位另设管理员，再停用此账号。", "account.oidc_down": "统一身份平台暂无应答，请稍后再试或用密码登录。", "account.passkey_given_up": "设备未完成验证：已取消、超时或没有可用的通行密钥。" } as Record<string, string>,
  words: {
    title: "人员与身份", lead: "授予身份、邀请注册、处理锁定的账号。运营、审计与三类管理员的身份须两人授予。",
    tabs: { offices: "平台身份", requests: "身份申请", invitations: "注册邀请", accounts: "账号" },
    passkeys: "通行密钥", passkeysLead: "用设备的指纹、面容或 PIN 登录，不用密码，也可作为第二因素。", noPasskeysHere: "平台未设置访问地址，暂不提供通行密钥。",
    passkeyName: "名称", passkeyNameHint: "便于辨认，如“办公室电脑”", passkeySince: "添加时间", passkeyUsed: "最近使用", rename: "重命名", remove: "移除",
    addLead: "填写名称和当前密码，再按设备提示操作。", app: "身份验证器", identities: "统一身份",
    ask: "授予身份", askTwo: "此身份须两人授予：您提出申请后，由另一位运营或安全管理员同意。", askOne: "主管经办由您一人授予，须写明管辖区划。", reason: "理由", asked: "申请已提出，待第二人决定。",
    forWhom: "被授予人", askedBy: "申请人", decidedBy: "决定人", finding: "不予授予的理由", noRequests: "没有身份申请", state: "状态", at: "时间", second: "须由申请人与被授予人以外的人决定",
    invite: "邀请注册", inviteLead: "邀请信发往该邮箱，内含一次性链接，七天内有效。", email: "邮箱", invitedRole: "加入后的身份", region: "管辖区划", regionHint: "六位代码，210000 为辽宁全省", expires: "有效期至", over: "已过期", noInvitations: "没有邀请",
    link: "链接（仅显示这一次）", linkHint: "邮件不通时可当面交给本人；持有链接者可使用一次。", copy: "复制", copied: "已复制", made: "邀请已发出", resetMade: "重置链接已生成", until: "有效期至",
    find: "查找账号", findHint: "输入完整的登录名", look: "查找", locked: "已锁定的账号", noLocked: "没有锁定的账号", lockedUntil: "锁定至", second_factor: "第二因素", yes: "已启用", no: "未启用", offices: "身份", disabled: "已停用", active: "正常",
    subject: "统一身份平台的用户标识（sub）", subjectHint: "核对本人证件后填写", linkTitle: "绑定统一身份",
    go: "设置第二因素",
  },
};
