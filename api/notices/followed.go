package notices

import "jiebang/models"

// tellFollowers leaves a notice for those who follow a challenge. It comes last: who has a part
// in it has been told as that.
func tellFollowers(tx *models.Tx, e models.Event, c *models.Challenge) error {
	return followers(tx, c.ID, func(u models.UserID, why noticeWhy) error {
		return tx.Notify(e, []models.UserID{u}, with(params(c, "follower"), "why", []noticeWhy{why}))
	})
}

// followers names each who follows a challenge, with the subscription he does it by. Who has
// muted it meanwhile is not among them.
func followers(tx *models.Tx, id models.ChallengeID, each func(models.UserID, noticeWhy) error) error {
	topic := models.Topic{By: models.ByChallenge, Value: string(id)}
	list, err := tx.SubscribersTo([]models.Topic{topic})
	if err != nil || len(list) == 0 {
		return err
	}
	c, err := tx.Challenge(id)
	if err != nil {
		return err
	}
	all, err := tx.TopicsOf(*c)
	if err != nil {
		return err
	}
	muted, err := tx.MutedBy(all[id])
	if err != nil {
		return err
	}
	for _, s := range list {
		if muted[s.User] {
			continue
		}
		if err := each(s.User, noticeWhy{By: s.By, Value: s.Value, Name: c.Title, NameEn: c.Title, Subscription: s.ID}); err != nil {
			return err
		}
	}
	return nil
}
