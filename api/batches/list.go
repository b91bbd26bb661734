package batches

import "jiebang/models"

// ListBatchesInput needs nothing: there are a few a year.
type ListBatchesInput struct{}

// BatchList is every batch, the newest first.
type BatchList struct {
	Batches []Batch         `json:"batches"`
	Actions []models.Action `json:"actions"`
}

// List lists every batch.
func List(tx *models.Tx, _ *ListBatchesInput) (*BatchList, error) {
	if err := tx.May(models.BatchSearch); err != nil {
		return nil, err
	}
	list, err := tx.Batches()
	if err != nil {
		return nil, err
	}
	out := &BatchList{}
	for i := range list {
		v, err := view(tx, &list[i])
		if err != nil {
			return nil, err
		}
		out.Batches = append(out.Batches, *v)
	}
	if tx.May(models.BatchCreate) == nil {
		out.Actions = append(out.Actions, models.BatchCreate)
	}
	return out, nil
}

// ShowBatchInput names a batch.
type ShowBatchInput struct {
	ID models.BatchID `path:"id"`
}

// Show is one batch with its rules.
func Show(tx *models.Tx, in *ShowBatchInput) (*Batch, error) {
	b, err := tx.BatchFor(models.BatchShow, in.ID)
	if err != nil {
		return nil, err
	}
	return view(tx, b)
}
