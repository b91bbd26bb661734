package models

// PlantList writes published challenges and their entries of the public list in bulk, past
// the table, without events and indicators: for measuring long lists. tokens gives the
// searched words of each. RecountList is to be called after the last.
func (tx *Tx) PlantList(list []Challenge, entry func(i int) ListEntry) error {
	facets := []facet{}
	for i := range list {
		c := &list[i]
		c.SearchNo = c.PublishedAt.UnixMicro()
		own, err := tx.facets(c)
		if err != nil {
			return err
		}
		facets = append(facets, own...)
	}
	if err := tx.db.CreateInBatches(list, 200).Error; err != nil {
		return err
	}
	if err := tx.db.CreateInBatches(facets, 1000).Error; err != nil {
		return err
	}
	for i := range list {
		e := entry(i)
		if err := tx.words(list[i].SearchNo, e.Text); err != nil {
			return err
		}
		if err := tx.heads(list[i].SearchNo, e); err != nil {
			return err
		}
	}
	return nil
}

// Analyze lets PostgreSQL look at what a bulk load brought, so that it plans as it would
// after its own look. SQLite plans without statistics here.
func (tx *Tx) Analyze() error {
	if tx.store.dialect != "postgres" {
		return nil
	}
	return tx.db.Exec("analyze challenges, challenge_facets, challenge_counts, challenge_search, challenge_heads, heads_search").Error
}

// AddEvidenceList puts many proofs on a team's card.
func (tx *Tx) AddEvidenceList(list []Evidence) error {
	for i := range list {
		list[i].ID, list[i].Created, list[i].Updated = newID[EvidenceID]("evd"), tx.Now, tx.Now
	}
	return tx.db.CreateInBatches(list, 200).Error
}

// PlantTeams writes teams and their evidence in bulk, past the table and without events: for
// measuring large pools.
func (tx *Tx) PlantTeams(teams []Team, evidence []Evidence) error {
	if err := tx.db.CreateInBatches(teams, 200).Error; err != nil {
		return err
	}
	return tx.AddEvidenceList(evidence)
}
