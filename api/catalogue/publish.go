package catalogue

import (
	"jiebang/internal/problem"
	"jiebang/models"
)

// PublishCatalogueInput names a version.
type PublishCatalogueInput struct {
	ID models.CatalogueID `path:"id"`
}

// Publish puts a version into force from its first day on. It never changes again.
func Publish(tx *models.Tx, in *PublishCatalogueInput) (*Catalogue, error) {
	c, err := tx.CatalogueFor(models.CataloguePublish, in.ID)
	if err != nil {
		return nil, err
	}
	if err := tx.Apply(models.CataloguePublish, c, models.Note{}); err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}

// EndInput says when a version ends.
type EndInput struct {
	ID   models.CatalogueID `path:"id"`
	Body struct {
		Until string `json:"valid_to" maxLength:"10" doc:"First day it is no longer in force, YYYY-MM-DD; not in the past"`
	}
}

// End says when a version goes out of force. What was tagged with it keeps its tags.
func End(tx *models.Tx, in *EndInput) (*Catalogue, error) {
	c, err := tx.CatalogueFor(models.CatalogueEnd, in.ID)
	if err != nil {
		return nil, err
	}
	var f problem.Fields
	f.Require(models.IsDate(in.Body.Until) && in.Body.Until >= tx.Now.Format("2006-01-02") && in.Body.Until > c.From, "valid_to", "field.date",
		"must be today or later, and after valid_from, as YYYY-MM-DD")
	if err := f.Problem("catalogue.invalid", "Some fields need to be mended."); err != nil {
		return nil, err
	}
	c.Until = in.Body.Until
	if err := tx.Apply(models.CatalogueEnd, c, models.Note{Data: map[string]any{"valid_to": c.Until}}); err != nil {
		return nil, err
	}
	return viewWithTerms(tx, c)
}
