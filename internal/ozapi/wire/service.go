package wire

import "github.com/bonafide-id/bonafide"

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
	DamagedFiles Problem = "damaged_files" // stored files were found that are not what they were: see the log
)

// Deleted is {}: old clients need a JSON body.
type Deleted struct{}

// CaptureToken is a drawn capture: the token that one container is bound to, and what the
// capture has to be. The token alone is what the vendor's server answers.
type CaptureToken struct {
	SessionToken  string         `json:"session_token"`  // JWT (ES384), good for ten minutes and one container
	ExpiresAt     int64          `json:"expires_at"`     // when it ends, seconds since 1970
	ChallengeID   bonafide.ID    `json:"challenge_id"`   // which the manifest of the container has to name
	Actions       []string       `json:"actions"`        // that are demanded, in their order; empty: any
	ActionSeconds int            `json:"action_seconds"` // that one action may take
	Container     CaptureSealing `json:"container"`      // what the container is sealed with
	Light         *CaptureLight  `json:"light"`          // colours that the screen has to show; null where none were drawn
}

// CaptureSealing is the public key of containers.
type CaptureSealing struct {
	KeyID     string       `json:"kid" example:"0123456789abcdef"` // name of the key, which goes into the header
	PublicKey []byte       `json:"public_key"`                     // uncompressed point of P-256, 65 bytes
	Suite     CaptureSuite `json:"suite"`                          // algorithms
}

// CaptureSuite names the algorithms of HPKE by their numbers in RFC 9180.
type CaptureSuite struct {
	KEM  int `json:"kem" example:"16"` // DHKEM(P-256, HKDF-SHA256)
	KDF  int `json:"kdf" example:"1"`  // HKDF-SHA256
	AEAD int `json:"aead" example:"2"` // AES-256-GCM
}

// CaptureLight is a sequence of colours.
type CaptureLight struct {
	Colors   []string `json:"colors" example:"[\"#30c060\"]"` // in their order
	SymbolMS int      `json:"symbol_ms"`                      // milliseconds that each is shown
}
