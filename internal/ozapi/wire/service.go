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
	Status string `json:"status"` // always ok
	// Missing names what this machine lacks: video where ffmpeg is not installed, so
	// that videos are refused. Ours.
	Missing []string `json:"missing,omitempty"`
}

// Deleted is {}: old clients need a JSON body.
type Deleted struct{}

// CaptureToken is a signed token for a capture. Uploads are not bound to it yet: none is
// asked for one, and one that comes with an upload is not checked.
type CaptureToken struct {
	SessionToken string `json:"session_token"` // JWT (ES384), good for one hour
}
