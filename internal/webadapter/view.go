package webadapter

import (
	"strings"

	"github.com/bonafide-id/bonafide/internal/webadapter/appconfig"
)

// ordered are the types of analyses that a page is shown while they run.
func ordered(s *appconfig.Settings, n *session) []string {
	var types []string
	for _, t := range analysisTypes() {
		if s.Analyses[t] && (t == "quality" || len(n.Actions) > 1) && (t != "documents" || len(photosOf(n.Actions)) > 0) {
			types = append(types, t)
		}
	}
	return types
}

// analysisTypes are those that an adapter orders, by their names in its settings.
func analysisTypes() []string { return []string{"quality", "biometry", "documents"} }

// shownAnalysis is an analysis in the modes status and folder.
type shownAnalysis struct {
	State      string `json:"state"`      // processing, finished or failed
	Resolution string `json:"resolution"` // empty until it has ended
}

// fullAnalysis is one in the mode full.
type fullAnalysis struct {
	shownAnalysis
	ID          string `json:"analyse_id"`
	GroupID     string `json:"group_id"`
	TimeCreated any    `json:"time_created"`
	TimeUpdated any    `json:"time_updated"`
	Thresholds  any    `json:"thresholds"`    // the settings in force
	Results     any    `json:"results_data"`  // the deciding numbers
	Reasons     any    `json:"reasons"`       // why, with advice
	Error       any    `json:"error_message"` // of one that failed
	Result      any    `json:"result_json"`   // media, and what was found of each
}

// view is what a page may see of a session. Each mode lists what it shows: what an API
// adds some day is shown by none.
func view(n *session, types []string) map[string]any {
	out := map[string]any{"state": stateProcessing, "event_session_id": n.ID}
	over := n.State == stateFinished
	if over {
		out["state"] = stateFinished
	}
	if n.Mode == appconfig.Safe {
		return out
	}
	out["analyses"] = analysesOf(n, types, over)
	if n.Mode == appconfig.Status || n.Folder == nil || !over {
		return out // while analyses run the modes folder and full show what status does
	}
	out["folder_id"] = n.Folder.ID
	if n.Mode == appconfig.FolderMode {
		return out
	}
	f := n.Folder
	out["time_created"], out["time_updated"], out["meta_data"], out["company_id"] = f.TimeCreated, f.TimeUpdated, f.Meta, f.CompanyID
	out["resolution_status"], out["system_resolution"] = f.ResolutionStatus, f.SystemResolution
	return out
}

// analysesOf shows analyses by type.
func analysesOf(n *session, types []string, over bool) map[string]any {
	out := map[string]any{}
	if n.Folder == nil {
		for _, t := range types {
			out[t] = shownAnalysis{State: stateProcessing}
		}
		if n.Live != nil && over {
			out = map[string]any{"quality": shownAnalysis{State: stateFinished, Resolution: map[bool]string{true: "SUCCESS", false: "DECLINED"}[*n.Live]}}
		}
		return out
	}
	worst := map[string]string{}
	for i := range n.Folder.Analyses {
		x := &n.Folder.Analyses[i]
		name := strings.ToLower(x.Type)
		if before, twice := worst[name]; twice && before != "SUCCESS" {
			continue // of several of a type the worse is shown
		}
		worst[name] = x.Resolution
		shown := shownAnalysis{State: strings.ToLower(x.State), Resolution: x.Resolution}
		if !ended(x) {
			shown = shownAnalysis{State: stateProcessing}
		}
		out[name] = shown
		if n.Mode == appconfig.Full && over {
			out[name] = fullOf(x, shown)
		}
	}
	return out
}

// ended tells whether an analysis is over.
func ended(x *analysis) bool { return x.State == "FINISHED" || x.State == "FAILED" }

// allEnded tells whether nothing of a folder is under way.
func allEnded(f *folder) bool {
	for i := range f.Analyses {
		if !ended(&f.Analyses[i]) {
			return false
		}
	}
	return true
}

// fullOf shows nearly all of an analysis. Pages read the best shot at
// result_json.source_media[0].images[0].original_url, and media at source_media.
func fullOf(x *analysis, shown shownAnalysis) fullAnalysis {
	technical, _ := x.TechnicalMeta.(map[string]any)
	source, _ := x.SourceMedia.([]any)
	found, _ := x.ResultsMedia.([]any)
	for i := range source {
		media, isMedia := source[i].(map[string]any)
		if !isMedia || i >= len(found) {
			continue
		}
		if result, ok := found[i].(map[string]any); ok {
			media["images"] = result["output_images"]
		}
	}
	return fullAnalysis{shownAnalysis: shown, ID: x.ID, GroupID: x.GroupID, TimeCreated: x.TimeCreated, TimeUpdated: x.TimeUpdated,
		Thresholds: x.Confs, Results: x.ResultsData, Reasons: technical["reasons"], Error: x.ErrorMessage,
		Result: map[string]any{"source_media": x.SourceMedia, "results_media": x.ResultsMedia}}
}
