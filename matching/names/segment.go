package names

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Classes of the pieces a Chinese name is made of.
const (
	brandName = iota // what no list knows
	place
	subject
	ordinal
	kind
	filler // may be left out of a short name
)

type piece struct {
	text  string
	class int
}

// short is a place without 省 and 市.
func (m piece) short() string {
	for _, end := range []string{"壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
		if rest, ok := strings.CutSuffix(m.text, end); ok && m.class == place && utf8.RuneCountInString(rest) >= 2 {
			return rest
		}
	}
	return m.text
}

var pieces = sync.OnceValue(func() map[string]int {
	t := map[string]int{}
	for _, list := range []struct {
		class int
		words string
	}{
		{place, `北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
			中国 中华 国家 全国 东北 西北 华北 华东 华中 华南 西南 东南 中南 北方 南方 东方 江南
			沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 瓦房店 海城 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 牡丹江 佳木斯 大庆 鸡西 双鸭山 伊春 七台河 鹤岗 黑河 绥化
			石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯
			南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
			福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
			郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州
			长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮
			南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 海口 三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
			贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 拉萨 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 西宁 银川 石嘴山 吴忠 乌鲁木齐 克拉玛依 石河子 浑南 铁西 旅顺`},
		{subject, `工业 理工 科技 科学技术 工程 工程技术 技术 师范 农业 林业 农林 医科 医学 医药 中医药 中医 药科 财经 政法 交通 海事 海洋 航空 航天 航空航天 邮电 电子科技 电子 信息 石油 化工 石油化工 化学 物理
			建筑 建筑科技 矿业 地质 冶金 钢铁 有色金属 金属 材料 机械 机电 电机 电气 电力 水利 水电 水利水电 动力 能源 环境 生态 应用生态 气象 测绘 外国语 外语 民族 体育 音乐 美术 艺术 戏剧 传媒 警察 公安 军医 国防 经济 管理 商学 工商 贸易
			轻工 纺织 食品 粮食 药学 石化 煤炭 煤科 铁道 铁路 公路 船舶 造船 汽车 机车车辆 机床 重工 重型机械 重型 鼓风机 变压器 轴承 水泵 泵业 压缩机 锅炉 汽轮机 发动机 仪表 仪器仪表 自动化 机器人 软件 计算机 计算技术 微电子 半导体 集成电路 光学 光电 精密机械 激光
			铸造 焊接 橡胶 塑料 橡胶塑料 玻璃 陶瓷 水泥 建材 铝业 铜业 镁业 锌业 新材料 新能源 生物 生物技术 制药 药业 医疗 医疗器械 疾病预防控制 肿瘤 口腔 妇幼保健 妇婴 儿童 传染病 胸科 骨科 眼科 精神卫生
			智能 智能制造 装备 装备制造 高端装备 网络 通信 通讯 数据 大数据 检测 检验 质量 标准化 计量 特种设备 安全 产业技术 设计 规划 勘察 勘测 投资 资产经营 贸易 物流 供应链 置业 地产 文化 教育 咨询 服务 工贸 实业 制造 设备 系统 产品 流体 核电 风电 燃气轮机 透平 数控 农科 应用化学 电化学 力学 数学 声学 遥感 育种 玉米 水稻 园艺 畜牧 兽医 水产 盐碱地 果树 蔬菜 植物保护 土壤 仿真 控制 过程 催化 精细化工 日用化工 航运 港口 地铁 轨道交通 桥梁 隧道 电缆 电器 开关 高压 低压 阀门 风机 锻造 模具 工具 量具 刃具 刀具 液压 气动 矿山 矿山机械 起重 起重机 输送 环保 水务 供热 燃气`},
		{kind, `大学 学院 研究所 研究院 研究总院 科学院 科学研究院 科学研究所 医院 总医院 中心 实验室 学校 总公司 厂 院 所 局 厅 社 中学 学会 协会 联盟 分院 分校 校区 分公司 集团 股份 公司`},
		{filler, `人民 附属 市立 省立 国立 国有 与 和 及 有限 责任 高等 专科 综合 国际 企业 临床`},
	} {
		for _, w := range strings.Fields(list.words) {
			if _, have := t[w]; !have {
				t[w] = list.class
			}
		}
	}
	return t
})

// segment cuts a name into pieces, the longest known word first; what is not known makes one
// piece up to the next word of two or more characters that is.
func segment(s string) []piece {
	var out []piece
	r := []rune(s)
	unknown := 0
	flush := func(to int) {
		if unknown < to {
			out = append(out, piece{string(r[unknown:to]), brandName})
		}
	}
	for i := 0; i < len(r); {
		n, class := match(r[i:], i == 0 || len(out) > 0 && unknown == i && out[len(out)-1].class == place)
		if n == 0 || n == 1 && unknown < i && i+1 < len(r) && class == kind {
			i++
			continue
		}
		flush(i)
		out = append(out, piece{string(r[i : i+n]), class})
		i += n
		unknown = i
	}
	flush(len(r))
	return out
}

// match finds the longest piece at the beginning. A place may carry 省 or 市; places count only
// at the beginning of a name and behind another place.
func match(r []rune, atPlace bool) (int, int) {
	if r[0] == '第' && len(r) > 1 {
		n := 1
		for n < len(r) && strings.ContainsRune("一二三四五六七八九十百0123456789", r[n]) {
			n++
		}
		if n > 1 {
			return n, ordinal
		}
	}
	table := pieces()
	for n := min(len(r), 8); n > 0; n-- {
		class, ok := table[string(r[:n])]
		if !ok || class == place && !atPlace {
			continue
		}
		if class == place {
			for _, end := range []string{"壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"} {
				if e := []rune(end); len(r) >= n+len(e) && string(r[n:n+len(e)]) == end {
					return n + len(e), place
				}
			}
		}
		return n, class
	}
	return 0, brandName
}

// shortOf says that short is a short name of long: it takes, in order, the beginning of each
// piece — of places at least the first character, of every subject likewise (of the third and
// later ones it may take nothing), of brands two characters or all, of ordinals their number, of
// kinds the whole, the first or the last character or nothing, of fillers what it likes.
func shortOf(short, long string) bool {
	s := []rune(short)
	if len(s) < 2 || len(s) >= utf8.RuneCountInString(long) {
		return false
	}
	segs := segment(long)
	if len(segs) < 2 {
		return false
	}
	var walk func(i, j, subjects int) bool
	walk = func(i, j, subjects int) bool {
		if j == len(segs) {
			return i == len(s)
		}
		m := segs[j]
		r := []rune(m.text)
		takes := func(part []rune, more int) bool {
			return len(s)-i >= len(part) && string(s[i:i+len(part)]) == string(part) && walk(i+len(part), j+1, subjects+more)
		}
		switch m.class {
		case place:
			core := []rune(m.short())
			if len(s)-i >= len(core) && string(s[i:i+len(core)]) == string(core) {
				return takes(r, 0) || takes(core, 0) // 上海大学 is not 上 and 海洋大学
			}
			for n := len(core); n > 0; n-- {
				if takes(core[:n], 0) {
					return true
				}
			}
			return takes(r, 0)
		case subject:
			for n := len(r); n > 0; n-- {
				if takes(r[:n], 1) {
					return true
				}
			}
			return subjects >= 2 && walk(i, j+1, subjects)
		case ordinal:
			return takes(r, 1) || takes(r[1:], 1)
		case kind:
			return takes(r, 0) || takes(r[:1], 0) || takes(r[len(r)-1:], 0) || subjects > 0 && j == len(segs)-1 && walk(i, j+1, subjects)
		case filler:
			return takes(r, 0) || takes(r[:1], 0) || walk(i, j+1, subjects)
		}
		if takes(r, 1) {
			return true
		}
		return len(r) > 2 && takes(r[:2], 1)
	}
	return walk(0, 0, 0)
}
