package names

import "strings"

// fold takes a name to lower case without marks and double widths: full-width letters and
// brackets become half-width, letters lose their accents, traditional characters that stand
// in names of units become simplified ones.
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '\u3000' || r == '\u00a0':
			r = ' '
		case r >= 0x0300 && r <= 0x036f: // a combining mark
			continue
		}
		if plain, ok := unmarked[r]; ok {
			b.WriteString(plain)
			continue
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unmarked is what letters with marks, and traditional characters, are without them.
var unmarked = table()

func table() map[rune]string {
	t := map[rune]string{'ß': "ss", 'æ': "ae", 'Æ': "ae", 'ø': "o", 'Ø': "o", 'œ': "oe", 'ł': "l", 'Ł': "l", 'đ': "d", 'ı': "i",
		'‘': "'", '’': "'", '“': "\"", '”': "\"", '—': "-", '–': "-", '‐': "-", '〔': "(", '【': "(", '〕': ")", '】': ")", '、': ",", '，': ",", '；': ";"}
	for plain, marked := range map[string]string{
		"a": "àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "c": "çćčĉÇĆČ", "d": "ďĎ", "e": "èéêëēĕėęěÈÉÊËĒĘĚ", "g": "ğĝģĞ", "i": "ìíîïīĭįİÌÍÎÏĪ",
		"l": "ĺľļĽ", "n": "ñńňņÑŃŇ", "o": "òóôõöōŏőÒÓÔÕÖŌŐ", "r": "ŕřŗŘ", "s": "śšşșŚŠŞȘ", "t": "ťţțŤȚ", "u": "ùúûüūŭůűÙÚÛÜŪŮŰ",
		"y": "ýÿÝ", "z": "źżžŹŻŽ"} {
		for _, r := range marked {
			t[r] = plain
		}
	}
	from := []rune("國學東瀋陽遼寧醫業臺灣連飛機車電氣鋼鐵礦産產農師範華漢濱爾長廣門滬齊魯蘇劍園團總術計設動輪銀煙鞍錦營撫順開發個爲為與協衛軍區縣鎮鄉題實驗質監檢測聯盟黨組織應環資")
	into := []rune("国学东沈阳辽宁医业台湾连飞机车电气钢铁矿产产农师范华汉滨尔长广门沪齐鲁苏剑园团总术计设动轮银烟鞍锦营抚顺开发个为为与协卫军区县镇乡题实验质监检测联盟党组织应环资")
	for i, r := range from {
		t[r] = string(into[i])
	}
	return t
}
