package wire

import (
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
)

// Links makes absolute addresses of stored files. Its value is their base, such
// as https://id.example.org, or nowhere.
type Links string

// Nowhere makes no address, as of files that are not stored.
const Nowhere Links = ""

// file gives the address, nil where there is none.
func (l Links) file(f *bonafide.File) *string {
	if l == Nowhere {
		return nil
	}
	return nullable(string(l) + "/static/" + url.PathEscape(f.Key) + "/" + url.PathEscape(f.Name))
}

// Media is one media. Of image_id, video_id and shots_set_id the one of its
// kind is set.
type Media struct {
	TimeCreated       Stamp           `json:"time_created"`
	TimeUpdated       Stamp           `json:"time_updated"`
	MediaID           bonafide.ID     `json:"media_id"`
	MediaType         string          `json:"media_type"`
	OriginalName      string          `json:"original_name"`
	OriginalURL       *string         `json:"original_url"`
	VideoURL          *string         `json:"video_url"`
	ThumbURL          *string         `json:"thumb_url"`
	PreviewURL        *string         `json:"preview_url"`
	Tags              []string        `json:"tags"`
	FolderID          bonafide.ID     `json:"folder_id"`
	FolderTimeCreated Stamp           `json:"folder_time_created"`
	CompanyID         *bonafide.ID    `json:"company_id"`
	ImageID           *bonafide.ID    `json:"image_id"`
	VideoID           *bonafide.ID    `json:"video_id"`
	ShotsSetID        *bonafide.ID    `json:"shots_set_id"`
	Info              map[string]File `json:"info"`
	Meta              bonafide.Meta   `json:"meta_data"`
	TechnicalMeta     bonafide.Meta   `json:"technical_meta_data"`
}

// File describes a stored file; what is not known is null.
type File struct {
	MIME     string  `json:"mime-type"`
	Size     int64   `json:"size"`
	MD5      *string `json:"md5"`
	Width    *int    `json:"width"`
	Height   *int    `json:"height"`
	FPS      *Number `json:"FPS"`
	Duration *Number `json:"duration"` // seconds
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

// mediaType is the word for media in folders.
func mediaType(m *bonafide.Media) string { return string(m.Kind) + "_FOLDER" }

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
