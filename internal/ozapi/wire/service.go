package wire

// Version tells the version of the server.
type Version struct {
	Core string `json:"core"`
}

// Config holds the settings that clients may know.
type Config struct {
	Timezone string `json:"timezone"`
}

// Health tells that the server is alive.
type Health struct {
	Status string `json:"status"`
}

// Deleted is {}: old clients need a JSON body.
type Deleted struct{}

// CaptureToken is a signed token that a capture is bound to.
type CaptureToken struct {
	SessionToken string `json:"session_token"`
}
