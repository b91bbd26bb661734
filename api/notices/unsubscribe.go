package notices

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// MailEndingInput is the signed part of a link in a letter.
type MailEndingInput struct {
	Token string `path:"token" maxLength:"300"`
}

// MailEnding says what a link ends. It names nobody: the link may have been forwarded.
type MailEnding struct {
	From string `json:"from" doc:"The kind of notice; digest for the letter of the day, all for every letter"`
	Mail string `json:"mail" enum:"on,digest,off" doc:"How it is now"`
}

// ShowMailEnding says what the link would end. A look changes nothing: programs that check
// links open them, too.
func ShowMailEnding(tx *models.Tx, in *MailEndingInput) (*MailEnding, error) {
	if err := tx.May(models.MailEnding); err != nil {
		return nil, err
	}
	user, from, err := unsubscribing(tx, in.Token)
	if err != nil {
		return nil, err
	}
	return mailEnding(tx, user, from)
}

// EndMail ends mail of a kind for who holds the link: one click of a mail program (RFC 8058), or
// of a person. No sign-in is asked for. Twice is as good as once.
func EndMail(tx *models.Tx, in *MailEndingInput) (*MailEnding, error) {
	if err := tx.May(models.MailEnd); err != nil {
		return nil, err
	}
	user, from, err := unsubscribing(tx, in.Token)
	if err != nil {
		return nil, err
	}
	s, choices, err := tx.NoticeSettingsOf(user)
	if err != nil {
		return nil, err
	}
	off := map[models.Action]string{}
	for _, k := range models.NoticeKinds {
		now := choices[k.Kind]
		if now == "" {
			now = k.Mail
		}
		if string(k.Kind) == from || from == models.UnsubscribeDigest && now == models.MailDigest {
			off[k.Kind] = models.MailOff
		}
	}
	if from == models.UnsubscribeAll {
		s.Mail = models.MailOff
		if err := tx.SetNoticeSettings(s); err != nil {
			return nil, err
		}
	}
	if err := tx.SetNoticeChoices(user, off); err != nil {
		return nil, err
	}
	if err := tx.DropUnwanted(user); err != nil {
		return nil, err
	}
	if err := tx.Apply(models.MailEnd, tx.Site(), models.Note{Data: map[string]any{"from": from}}); err != nil {
		return nil, err
	}
	return mailEnding(tx, user, from)
}

func unsubscribing(tx *models.Tx, token string) (models.UserID, string, error) {
	user, from, ok := tx.Unsubscribing(token)
	if !ok {
		return "", "", problem.Missing()
	}
	u, err := tx.UserByID(user)
	if err == nil && u == nil {
		err = problem.Missing()
	}
	return user, from, err
}

func mailEnding(tx *models.Tx, user models.UserID, from string) (*MailEnding, error) {
	s, choices, err := tx.NoticeSettingsOf(user)
	if err != nil {
		return nil, err
	}
	v := &MailEnding{From: from, Mail: models.MailOff}
	for _, k := range models.NoticeKinds {
		now := choices[k.Kind]
		if now == "" {
			now = k.Mail
		}
		switch {
		case s.Mail == models.MailOff:
		case string(k.Kind) == from, from == models.UnsubscribeDigest && now == models.MailDigest:
			v.Mail = now
		case from == models.UnsubscribeAll:
			v.Mail = models.MailOn
		}
	}
	return v, nil
}
