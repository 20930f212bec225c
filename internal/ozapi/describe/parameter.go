package describe

// Parameter is what may stand behind the question mark.
type Parameter struct {
	Name     string
	About    string // in a few words
	Required bool
	Schema   *Schema
}

// Language asks for the language of advice, where that is answered.
func Language() Parameter {
	s := &Schema{Type: "string", Examples: []any{"ru", "ru-KZ, en;q=0.5"}}
	return Parameter{Name: "lang", About: "language of advice, en or ru, written as in the header Accept-Language, which counts where this is left out; English where neither names one of the two", Schema: s}
}

// uuid is how identifiers are written; either case of letters is understood.
const uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

// Boolean is a switch.
func Boolean() *Schema { return &Schema{Type: "boolean"} }

// Integer is a whole number, both bounds allowed.
func Integer(least, most float64) *Schema {
	return &Schema{Type: "integer", Format: "int32", Minimum: &least, Maximum: &most}
}

// Identifier is the identifier of one object.
func Identifier() *Schema { return &Schema{Type: "string", Format: "uuid"} }

// Identifiers is a list of up to n identifiers or the word null.
func Identifiers(n int) *Schema {
	return list(n, &Schema{Type: "string", Pattern: "^(" + uuid + "|null)$"})
}

// Words is a list of up to n of the words.
func Words(n int, words ...string) *Schema {
	item := &Schema{Type: "string"}
	for _, w := range words {
		item.Enum = append(item.Enum, w)
	}
	return list(n, item)
}

// Texts is a list of up to n texts without commas.
func Texts(n, length int) *Schema {
	return list(n, &Schema{Type: "string", Pattern: "^[^,]*$", MaxLength: &length})
}

// Text is one text.
func Text(length int) *Schema { return &Schema{Type: "string", MaxLength: &length} }

// Address is one of the web, up to so many characters, or empty.
func Address(length int) *Schema {
	return &Schema{Type: "string", Format: "uri", Pattern: "^(https?://|$)", MaxLength: &length}
}

// Time is a point in time: a number of seconds or finer since 1970, a word, or a date
// with or without the time of day.
func Time() *Schema {
	return &Schema{Type: "string", AnyOf: []*Schema{
		{Pattern: `^(now|today|[0-9]{1,16}(\.[0-9]{1,6})?)$`}, {Format: "date"}, {Format: "date-time"}},
		Examples: []any{"1764580000", "2026-03-01T00:00:00Z", "today"}}
}

// Times is a list of up to n points in time or the word null.
func Times(n int) *Schema {
	one := Time()
	one.AnyOf[0].Pattern = "^(null|" + one.AnyOf[0].Pattern[2:]
	return list(n, one)
}

// Conditions is a list of up to n conditions on a JSON object of up to depth levels.
func Conditions(n int) *Schema {
	const path = `[^,.=!<>\x00]{1,64}(\.[^,.=!<>\x00]{1,64}){0,7}`
	return list(n, &Schema{Type: "string", Pattern: `^(` + path + `(==|!=)[^,\x00]{1,256}|` + path + `(>=|<=|>|<)-?[0-9]{1,15})$`,
		Examples: []any{"transaction_id==T-1", "age>=18"}})
}

// list is written with commas between; none at all is not written.
func list(n int, item *Schema) *Schema {
	least := 1
	return &Schema{Type: "array", Items: item, MinItems: &least, MaxItems: &n}
}
