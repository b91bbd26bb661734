// Package catalogue keeps the vocabularies: chains, domain tags, capability tags and TRL, as
// versions that come and end.
package catalogue

import (
	"jiebang/api/endpoint"
	"jiebang/models"
)

// Routes hangs the doors of this domain.
func Routes(d *endpoint.Doors) {
	endpoint.Get(d, models.CatalogueSearch, "/catalogues", "Every version of every vocabulary", List)
	endpoint.Get(d, models.CatalogueSearch, "/vocabulary/{kind}", "The terms of a vocabulary in force now", Vocabulary, endpoint.Also("vocabulary"))
	endpoint.Get(d, models.CatalogueShow, "/catalogues/{id}", "One version with its terms", Show)
	endpoint.Post(d, models.CatalogueImport, "/catalogues", "Import a version as a draft", Import, endpoint.Creates(), endpoint.Limit(8<<20))
	endpoint.Post(d, models.CatalogueLoad, "/catalogues/starter", "Load the catalogues shipped with the platform where there are none", LoadStarter)
	endpoint.Post(d, models.CatalogueCheck, "/catalogues/check", "Read terms as JSON or CSV and name every fault; nothing is written", CheckTerms, endpoint.Limit(8<<20))
	endpoint.Put(d, models.CatalogueEdit, "/catalogues/{id}", "Edit a draft version", Edit, endpoint.Limit(8<<20))
	endpoint.Post(d, models.CatalogueMerge, "/catalogues/{id}/merge", "Let one term stand for another", Merge)
	endpoint.Post(d, models.CataloguePublish, "/catalogues/{id}/publish", "Put a version into force", Publish)
	endpoint.Post(d, models.CatalogueEnd, "/catalogues/{id}/end", "Say when a version ends", End)
}
