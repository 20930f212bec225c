package bonafide

// Kind is a kind of object that carries metadata.
type Kind string

// The kinds.
const (
	KindUser       Kind = "user"
	KindFolder     Kind = "folder"
	KindMedia      Kind = "media"
	KindAnalysis   Kind = "analysis"
	KindCollection Kind = "collection"
	KindPerson     Kind = "person"
)
