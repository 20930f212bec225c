package transfer

import "fmt"

// Queue is the SQL of River's jobs that differs between databases. What has ended stays
// behind. A job that is being run comes as one that waits, without the attempt that the end
// of the process cuts short: whoever takes it up elsewhere begins anew.
type Queue struct {
	// Group and Cuts give the group of a job and how often an attempt was cut short.
	Group, Cuts string
	// Millis gives a time in milliseconds since 1970, %s is its column: River has no finer
	// ones in every database.
	Millis string
	// Args, Metadata and Time make the values of columns, %s is the argument.
	Args, Metadata, Time string
	// Tags is the value for no tags.
	Tags string
	// Kind is that of jobs of groups.
	Kind string
}

// table is the queue as a table, the same for each database.
func (q Queue) table() Table {
	const waiting = "state NOT IN ('completed', 'cancelled', 'discarded')"
	return Table{
		Name: "queue",
		Key:  []string{"id"},
		Columns: []Column{
			{Name: "attempt", Kind: Integer, read: "CASE WHEN state = 'running' AND attempt > 0 THEN attempt - 1 ELSE attempt END"},
			{Name: "created_at", Kind: Integer, read: fmt.Sprintf(q.Millis, "created_at"), write: q.Time},
			{Name: "cuts", Kind: Integer, read: q.Cuts, into: "metadata", write: q.Metadata},
			{Name: "group_id", Kind: Text, read: q.Group, into: "args", write: q.Args},
			{Name: "id", Kind: Integer},
			{Name: "max_attempts", Kind: Integer},
			{Name: "priority", Kind: Integer},
			{Name: "queue", Kind: Text},
			{Name: "scheduled_at", Kind: Integer, read: fmt.Sprintf(q.Millis, "scheduled_at"), write: q.Time},
		},
		from:  "river_job WHERE " + waiting + " AND kind = '" + q.Kind + "'",
		into:  "river_job",
		fixed: map[string]string{"kind": "'" + q.Kind + "'", "state": "'available'", "tags": q.Tags},
	}
}
