// The words of signing in: second factors, links, offices of two persons.
export const zhSignin = {
  roles: { system_admin: "系统管理员", security_admin: "安全管理员", audit_admin: "审计管理员", person: "普通用户" },
  actions: {
    "account.lock": "登录锁定", "account.unlock": "解除登录锁定", "account.end_other_sessions": "退出其他会话", "account.confirm": "再次验证", "account.security": "查看账号安全",
    "account.begin_totp": "设置动态口令", "account.add_totp": "启用动态口令", "account.drop_totp": "移除动态口令", "account.recovery_codes": "更换恢复码",
    "account.begin_passkey": "登记通行密钥", "account.add_passkey": "添加通行密钥", "account.rename_passkey": "重命名通行密钥", "account.drop_passkey": "移除通行密钥", "account.passkey_sign_in": "通行密钥登录",
    "account.oidc_sign_in": "统一身份登录", "account.link": "绑定统一身份", "account.unlink": "解除统一身份绑定", "account.ask_reset": "申请重置密码", "account.reset_password": "重置密码",
    "account.make_reset": "生成重置链接", "account.reset_factor": "重置第二因素",
    "role.requests": "查看身份申请", "role.request": "申请授予身份", "role_request.show": "查看身份申请", "role_request.approve": "同意授予", "role_request.refuse": "不予授予", "role_request.withdraw": "撤回申请",
    "signup.list": "查看注册邀请", "signup.invite": "邀请注册", "signup.look": "查看邀请", "signup.accept": "接受邀请", "signup.show": "查看邀请", "signup.revoke": "撤销邀请",
  },
  states: {
    signup: { open: "待接受", accepted: "已接受", revoked: "已撤销" },
    role_request: { open: "待第二人决定", approved: "已同意", refused: "未同意", withdrawn: "已撤回" },
  },
  factor: {
    title: "登录安全", off: "尚未启用第二因素", on: "已启用第二因素", needed: "您的身份须启用第二因素后方可行使。启用后请继续。", withheld: (roles: string) => `暂不生效的身份：${roles}。`, begin: "设置动态口令", password: "当前密码", scan: "用身份验证器扫描二维码，或手动输入密钥：", secret: "密钥", code: "验证码", codeHint: "身份验证器上的 6 位数字，或恢复码",
    codes: "恢复码", codesHint: "每个恢复码只能使用一次，仅显示这一次，请妥善保存。", left: (n: number) => `剩余恢复码 ${n} 个`, remove: "移除动态口令", fresh: "更换恢复码", byPasskey: "用通行密钥验证", step: "再次验证", stepHint: "此操作影响重大，请再次出示第二因素。", others: "退出其他会话", address: "地址", qr: "身份验证器二维码",
    forgot: "忘记密码", forgotHint: "如该账号存在且有邮箱，重置链接已发出；也可请运营生成。", ask: "发送重置链接", or: "或", by: (name: string) => `用“${name}”登录`, asking: "正在向统一身份平台核对……", linkLead: "您的统一身份尚未绑定本平台账号。请输入一次本平台的登录名和密码完成绑定。", noJourney: "没有进行中的统一身份登录，请返回登录页重新开始。", back: "返回登录", again: "请退出后重新登录，并出示第二因素。", set: "设置新密码", done: "密码已修改，请登录。", join: "接受邀请", joinLead: (org: string, by: string) => `${by} 邀请您加入 ${org}`, platform: "揭榜台",
  },
};
