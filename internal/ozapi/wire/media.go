package wire

import (
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/advice"
)

// Links makes absolute addresses of stored files, and says advice in the language of
// who asks.
type Links struct {
	base     string // such as https://id.example.org, empty where files are not stored
	language advice.Language
	sign     func(key string) string // what the address of a file ends with, nil for nothing
}

// LinksAt makes addresses below a base; an empty one makes none. The words ask for a
// language, as the header Accept-Language does.
func LinksAt(base, words string) Links { return Links{base: base, language: advice.Preferred(words)} }

// Signed lets addresses of files end with what sign gives for their keys.
func (l Links) Signed(sign func(key string) string) Links {
	l.sign = sign
	return l
}

// file gives the address, nil where there is none.
func (l Links) file(f *bonafide.File) *string {
	if l.base == "" {
		return nil
	}
	address := l.base + "/static/" + url.PathEscape(f.Key) + "/" + url.PathEscape(f.Name)
	if l.sign != nil {
		address += l.sign(f.Key)
	}
	return &address
}

// Media is one media. Of image_id, video_id and shots_set_id the one of its
// kind is set.
type Media struct {
	TimeCreated       Stamp           `json:"time_created"`              // when it came
	TimeUpdated       Stamp           `json:"time_updated"`              // of the last change
	MediaID           bonafide.ID     `json:"media_id"`                  // of the media
	MediaType         MediaType       `json:"media_type"`                // photo, video or frame sequence, found from its bytes
	OriginalName      string          `json:"original_name"`             // name of the file as it was sent
	OriginalURL       *string         `json:"original_url" format:"uri"` // address of the file, open without a token; null where it is not stored
	VideoURL          *string         `json:"video_url" format:"uri"`    // the same of everything that is no image, else null
	ThumbURL          *string         `json:"thumb_url" format:"uri"`    // address of a small JPEG; null where there is none
	PreviewURL        *string         `json:"preview_url" format:"uri"`  // always null
	Tags              []string        `json:"tags"`                      // what it shows, as sent
	FolderID          bonafide.ID     `json:"folder_id"`                 // of the folder
	FolderTimeCreated Stamp           `json:"folder_time_created"`       // of that folder
	CompanyID         *bonafide.ID    `json:"company_id"`                // of the folder; null: none
	ImageID           *bonafide.ID    `json:"image_id"`                  // the media, where it is a picture
	VideoID           *bonafide.ID    `json:"video_id"`                  // the media, where it is a video
	ShotsSetID        *bonafide.ID    `json:"shots_set_id"`              // the media, where it is a frame sequence
	Info              map[string]File `json:"info"`                      // the stored files, by image or video, and thumb
	Meta              bonafide.Meta   `json:"meta_data"`                 // metadata of the client
	TechnicalMeta     bonafide.Meta   `json:"technical_meta_data"`       // what the server noted
}

// File describes a stored file; what is not known is null.
type File struct {
	MIME     string  `json:"mime-type"` // found from the bytes
	Size     int64   `json:"size"`      // bytes
	MD5      *string `json:"md5"`       // of the content, in hexadecimal
	Width    *int    `json:"width"`     // pixels, upright
	Height   *int    `json:"height"`    // pixels, upright
	FPS      *Number `json:"FPS"`       // frames a second
	Duration *Number `json:"duration"`  // seconds
}

// ViewMedia renders a media of a folder that was created at the given time. A
// frame sequence has its archive under video_url: clients read that key of
// everything that is no image.
func ViewMedia(m *bonafide.Media, folderTime time.Time, l Links) Media {
	original := l.file(&m.Original)
	v := Media{
		TimeCreated:       Stamp(m.TimeCreated),
		TimeUpdated:       Stamp(m.TimeUpdated),
		MediaID:           m.ID,
		MediaType:         mediaType(m),
		OriginalName:      m.OriginalName,
		OriginalURL:       original,
		Tags:              tags(m),
		FolderID:          m.FolderID,
		FolderTimeCreated: Stamp(folderTime),
		CompanyID:         nullable(m.CompanyID),
		Info:              mediaInfo(m),
		Meta:              Object(m.Meta),
		TechnicalMeta:     Object(m.TechnicalMeta),
	}
	if m.Thumb != nil {
		v.ThumbURL = l.file(m.Thumb)
	}
	switch m.Kind {
	case bonafide.Image:
		v.ImageID = &m.ID
	case bonafide.Video:
		v.VideoID, v.VideoURL = &m.ID, original
	case bonafide.ShotsSet:
		v.ShotsSetID, v.VideoURL = &m.ID, original
	}
	return v
}

// ViewMedias renders media of one folder, in the order given.
func ViewMedias(media []bonafide.Media, folderTime time.Time, l Links) []Media {
	out := make([]Media, len(media))
	for i := range media {
		out[i] = ViewMedia(&media[i], folderTime, l)
	}
	return out
}

// MediaType says what a file is and where it belongs.
type MediaType string

// The types of media.
const (
	ImageFolder     MediaType = "IMAGE_FOLDER"                 // photo of a folder
	VideoFolder     MediaType = "VIDEO_FOLDER"                 // video of a folder
	ShotsSetFolder  MediaType = "SHOTS_SET_FOLDER"             // zip of frames of a folder
	ImageCollection MediaType = "IMAGE_COLLECTION"             // photo of a person in a collection
	ImageResult     MediaType = "IMAGE_RESULT_ANALYSIS_SINGLE" // best shot
)

// mediaType is the word for media in folders.
func mediaType(m *bonafide.Media) MediaType {
	switch m.Kind {
	case bonafide.Video:
		return VideoFolder
	case bonafide.ShotsSet:
		return ShotsSetFolder
	}
	return ImageFolder
}

func tags(m *bonafide.Media) []string {
	if m.Tags == nil {
		return []string{}
	}
	return m.Tags
}

func mediaInfo(m *bonafide.Media) map[string]File {
	original := File{
		MIME:   m.Original.MIME,
		Size:   m.Original.Size,
		MD5:    nullable(m.MD5),
		Width:  positive(m.Info.WidthPx),
		Height: positive(m.Info.HeightPx),
		FPS:    positive(Number(m.Info.FPS)),
	}
	if m.Info.DurationMS > 0 {
		original.Duration = positive(Number(float64(m.Info.DurationMS) / 1000))
	}
	info := map[string]File{}
	if m.Kind == bonafide.Image {
		info["image"] = original
	} else {
		info["video"] = original
	}
	if m.Thumb != nil {
		info["thumb"] = File{MIME: m.Thumb.MIME, Size: m.Thumb.Size}
	}
	return info
}

// positive is n, null on the wire when it is zero, which means unknown.
func positive[N int | Number](n N) *N {
	if n > 0 {
		return &n
	}
	return nil
}
