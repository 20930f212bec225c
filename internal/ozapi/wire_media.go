package ozapi

import (
	"net/url"
	"time"

	"github.com/bonafide-id/bonafide"
)

// links makes absolute addresses of stored files. Its value is their base, such
// as https://id.example.org, or nowhere.
type links string

// nowhere makes no address, as of files that are not stored.
const nowhere links = ""

// file gives the address, nil where there is none.
func (l links) file(f *bonafide.File) *string {
	if l == nowhere {
		return nil
	}
	return nullable(string(l) + "/static/" + url.PathEscape(f.Key) + "/" + url.PathEscape(f.Name))
}

// mediaJSON is one media. Of image_id, video_id and shots_set_id the one of its
// kind is set.
type mediaJSON struct {
	TimeCreated       stamp               `json:"time_created"`
	TimeUpdated       stamp               `json:"time_updated"`
	MediaID           bonafide.ID         `json:"media_id"`
	MediaType         string              `json:"media_type"`
	OriginalName      string              `json:"original_name"`
	OriginalURL       *string             `json:"original_url"`
	VideoURL          *string             `json:"video_url"`
	ThumbURL          *string             `json:"thumb_url"`
	PreviewURL        *string             `json:"preview_url"`
	Tags              []string            `json:"tags"`
	FolderID          bonafide.ID         `json:"folder_id"`
	FolderTimeCreated stamp               `json:"folder_time_created"`
	CompanyID         *bonafide.ID        `json:"company_id"`
	ImageID           *bonafide.ID        `json:"image_id"`
	VideoID           *bonafide.ID        `json:"video_id"`
	ShotsSetID        *bonafide.ID        `json:"shots_set_id"`
	Info              map[string]fileJSON `json:"info"`
	Meta              bonafide.Meta       `json:"meta_data"`
	TechnicalMeta     bonafide.Meta       `json:"technical_meta_data"`
}

// fileJSON describes a stored file; what is not known is null.
type fileJSON struct {
	MIME     string  `json:"mime-type"`
	Size     int64   `json:"size"`
	MD5      *string `json:"md5"`
	Width    *int    `json:"width"`
	Height   *int    `json:"height"`
	FPS      *number `json:"FPS"`
	Duration *number `json:"duration"` // seconds
}

// viewMedia renders a media of a folder that was created at the given time. A
// frame sequence has its archive under video_url: clients read that key of
// everything that is no image.
func viewMedia(m *bonafide.Media, folderTime time.Time, l links) mediaJSON {
	original := l.file(&m.Original)
	v := mediaJSON{
		TimeCreated:       stamp(m.TimeCreated),
		TimeUpdated:       stamp(m.TimeUpdated),
		MediaID:           m.ID,
		MediaType:         mediaType(m),
		OriginalName:      m.OriginalName,
		OriginalURL:       original,
		Tags:              tags(m),
		FolderID:          m.FolderID,
		FolderTimeCreated: stamp(folderTime),
		CompanyID:         nullable(m.CompanyID),
		Info:              mediaInfo(m),
		Meta:              object(m.Meta),
		TechnicalMeta:     object(m.TechnicalMeta),
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

func viewMedias(media []bonafide.Media, folderTime time.Time, l links) []mediaJSON {
	out := make([]mediaJSON, len(media))
	for i := range media {
		out[i] = viewMedia(&media[i], folderTime, l)
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

func mediaInfo(m *bonafide.Media) map[string]fileJSON {
	original := fileJSON{
		MIME:   m.Original.MIME,
		Size:   m.Original.Size,
		MD5:    nullable(m.MD5),
		Width:  positive(m.Info.WidthPx),
		Height: positive(m.Info.HeightPx),
		FPS:    positive(number(m.Info.FPS)),
	}
	if m.Info.DurationMS > 0 {
		original.Duration = positive(number(float64(m.Info.DurationMS) / 1000))
	}
	info := map[string]fileJSON{}
	if m.Kind == bonafide.Image {
		info["image"] = original
	} else {
		info["video"] = original
	}
	if m.Thumb != nil {
		info["thumb"] = fileJSON{MIME: m.Thumb.MIME, Size: m.Thumb.Size}
	}
	return info
}

// positive is n, null on the wire when it is zero, which means unknown.
func positive[N int | number](n N) *N {
	if n > 0 {
		return &n
	}
	return nil
}
