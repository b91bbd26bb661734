package models

// officeOf tells the level of an officer over a region: Officer where his area is a whole
// province or wider, City where it is a city or a district of it.
func (a Actor) officeOf(region string) Role {
	var r Role
	for _, mine := range a.Regions {
		if !within(region, mine) {
			continue
		}
		if mine[2:] == "0000" {
			return Officer
		}
		r = City
	}
	return r
}

// office is what an officer is to a challenge. Who runs the list decides: a province officer
// everywhere in it, a city officer where the list is his city's own. Elsewhere in his place
// he recommends, and the province decides.
func (c *Challenge) office(tx *Tx) (Role, error) {
	r := tx.Actor.officeOf(c.Region)
	if r != City {
		return r, nil
	}
	lists, err := tx.lists()
	if err != nil {
		return 0, err
	}
	if c.Code != "" {
		for _, l := range lists {
			if l.ID == c.Batch && tx.Actor.officerOf(l.Region) == 0 {
				return City, nil
			}
		}
		return Officer, nil
	}
	for _, l := range lists {
		if within(c.Region, l.Region) && tx.Actor.officerOf(l.Region) != 0 && !l.Recommend {
			return City | Officer, nil
		}
	}
	return City, nil
}

// lists reads whose each list is, once in a unit of work.
func (tx *Tx) lists() ([]Batch, error) {
	if tx.batches != nil {
		return tx.batches, nil
	}
	list := []Batch{}
	err := tx.db.Model(&Batch{}).Select("id, region, needs_recommendation").Find(&list).Error
	tx.batches = list
	return list, err
}

var unrecommended = &guard{"before it is recommended", func(tx *Tx, t thing) error {
	at := t.(*Challenge).RecommendedAt // this very instant is the recommendation under way
	return refuse(nil, at != nil && !at.Equal(tx.Now), "challenge.recommended_already", "The city has recommended this challenge already.")
}}

// ProvinceOfficer reports whether the actor is officer of the whole province of a region.
func (a Actor) ProvinceOfficer(region string) bool { return a.officeOf(region) == Officer }
