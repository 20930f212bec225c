package bonafide

import (
	"slices"
	"time"
)

// MediaKind says what a media file is, found from its bytes.
type MediaKind string

// The three kinds of media.
const (
	Image    MediaKind = "IMAGE"
	Video    MediaKind = "VIDEO"
	ShotsSet MediaKind = "SHOTS_SET" // zip of frames
)

// File is a stored blob that a client may fetch without a token at
// /static/{Key}/{Name}. Key is unguessable.
type File struct {
	Key    string
	Name   string // last element of the URL, chosen by us, never by the client
	Digest string // SHA-256 in hexadecimal: the name of the blob
	Size   int64
	MIME   string
}

// MediaInfo describes decoded media. Zero means unknown.
type MediaInfo struct {
	Format     string  // jpeg, png, webp, heic, mp4, mov, webm, avi, mkv, zip
	MIME       string  // by format
	Codec      string  // video codec: h264, hevc, vp8, vp9, mjpeg
	WidthPx    int     // upright
	HeightPx   int     // upright
	FPS        float64 // video
	DurationMS int64   // video
	Frames     int     // frames in the file
	// Print is a hash of how the middle frame looks, 128 bits in hexadecimal. Copies
	// that were scaled or compressed again differ in a few bits.
	Print string
}

// Media is one uploaded file in a folder.
type Media struct {
	ID            ID
	FolderID      ID
	CompanyID     ID
	Kind          MediaKind
	OriginalName  string // as the client sent it; shown, never used as a path
	Tags          []string
	Original      File
	Thumb         *File // small JPEG, nil if none could be made
	MD5           string
	Info          MediaInfo
	Meta          Meta
	TechnicalMeta Meta
	TimeCreated   time.Time
	TimeUpdated   time.Time
}

// InjectionKey is where the technical metadata of a media that came with a drawn capture
// keep what the server found about how it came: a list of Hint.
const InjectionKey = "injection"

// HasTag tells whether the media carries the tag, by exact spelling.
func (m *Media) HasTag(tag string) bool {
	return slices.Contains(m.Tags, tag)
}

// Sighting is an earlier media that a media resembles.
type Sighting struct {
	MediaID     ID
	FolderID    ID
	Exact       bool // the same bytes
	Bits        int  // by which the prints differ; 0 when Exact
	TimeCreated time.Time
}

// EventSession is what a client application tells about one capture: free JSON.
type EventSession struct {
	ID          ID // the client's own where it sent one
	CompanyID   ID
	UserID      ID
	Data        Meta
	TimeCreated time.Time
	TimeUpdated time.Time
}
