package wire

// Version tells the version of the server.
type Version struct {
	Core string `json:"core"` // of the server, such as 1.2.0
}

// Config holds the settings that clients may know.
type Config struct {
	Timezone string `json:"timezone"` // of the times in reports, such as Asia/Almaty
}

// Health tells that the server is alive.
type Health struct {
	Status HealthStatus `json:"status"` // how it is
	// Missing names what this machine lacks: video where ffmpeg is not installed, so
	// that videos are refused. Ours.
	Missing []string `json:"missing,omitempty"`
	// Problems are what keeps it from doing all of its work. Ours.
	Problems []Problem `json:"problems,omitempty"`
}

// HealthStatus is how the server is.
type HealthStatus string

// How it may be.
const (
	Healthy  HealthStatus = "ok"       // it works
	Degraded HealthStatus = "degraded" // it answers, but not all that is asked for
)

// Problem keeps the server from doing all of its work.
type Problem string

// The problems.
const (
	DiskFull     Problem = "disk_full"     // there is no room for one more upload
	NoDatabase   Problem = "database"      // the database cannot be read; the status is 503
	DamagedFiles Problem = "damaged_files" // stored files were found that are not what they were: see the log
)

// Deleted is {}: old clients need a JSON body.
type Deleted struct{}

// CaptureToken is a signed token for a capture. Uploads are not bound to it yet: none is
// asked for one, and one that comes with an upload is not checked.
type CaptureToken struct {
	SessionToken string `json:"session_token"` // JWT (ES384), good for one hour
}
