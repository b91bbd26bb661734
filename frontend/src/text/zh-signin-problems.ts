// What can go wrong with signing in and with the offices of two persons.
export const zhSigninProblems: Record<string, string> = {
  "account.locked": "错误次数过多，请 {1} 分钟后再试。", "account.second_factor_needed": "密码正确，请出示第二因素：动态口令或恢复码。", "account.bad_code": "验证码不正确、已过期或已使用。",
  "account.step_up_needed": "此操作需再次验证第二因素。", "account.no_factor": "尚未设置第二因素。", "account.factor_required": "您的身份须保留第二因素，请先设置另一种。", "account.totp_exists": "已设置动态口令，请先移除。",
  "account.no_totp_begun": "没有进行中的设置，请重新开始。", "account.bad_passkey": "通行密钥无法识别或已超时，请重试。", "account.bad_answer": "通行密钥的应答无效，请重新开始。", "account.no_passkeys": "本平台未开放通行密钥。",
  "account.passkey_copied": "该通行密钥疑似被复制，请用其他方式登录并移除它。", "account.passkey_exists": "该通行密钥已登记。", "account.too_many_passkeys": "通行密钥已达上限，请先移除一个。", "account.no_oidc": "本平台未开放统一身份登录。", "account.bad_oidc": "统一身份平台未予确认或已超时，请重新登录。",
  "account.link_needed": "统一身份尚未绑定，请输入一次本平台的登录名与密码。", "account.link_email": "统一身份平台未确认该账号的邮箱，请由运营绑定。", "account.linked_already": "该统一身份已绑定其他账号。", "account.own_link": "请在登录时用密码绑定自己的账号。",
  "account.dead_link": "链接已失效：已使用、已撤销、已过期或不完整。请重新申请。", "account.own_reset": "请在账号页修改自己的密码。",
  "role.two_persons": "该身份须两人授予：请提出申请，由另一人同意。", "role.unknown": "没有这种身份。", "role.exclusive": "与其已有身份互斥：运营、审计、系统、安全、审计管理员须由不同的人担任。", "role.granted_already": "已具有该身份。",
  "role_request.own": "须由申请人与被授予人以外的第二人决定。", "role_request.for_oneself": "不得为自己申请身份。", "role_request.exists": "此人已有待决定的申请。", "role_request.invalid": "有填写内容需要修改。", "role_request.account_disabled": "被授予人的账号已停用，请不予授予。", "role_request.wrong_state": "该申请已有结果。",
  "signup.exists": "已邀请过该地址，请先撤销。", "signup.invalid": "有填写内容需要修改。", "signup.wrong_state": "该邀请已有结果。",
};
