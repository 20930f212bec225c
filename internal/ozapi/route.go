package ozapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
)

// route is one call of the API.
type route struct {
	Method     string
	Pattern    string
	Permission auth.Permission // empty: no token is asked for
	Summary    string
	handle     handler
}

// handler answers a call. A nil answer means that it wrote the response itself.
type handler func(*api, *call) (*answer, error)

// routes is the table of all calls. Slashes at the end do not matter.
func routes() []route {
	const (
		get, post, patch = http.MethodGet, http.MethodPost, http.MethodPatch

		folders  = "/api/folders"
		folder   = "/api/folders/{folder_id}"
		media    = "/api/media/{media_id}"
		analysis = "/api/analyses/{analyse_id}"
	)
	return slices.Concat(sessionRoutes(), companyRoutes(), userRoutes(), metaRoutes(), deletionRoutes(), collectionRoutes(), webhookRoutes(), captureRoutes(),
		auditRoutes(), operatorRoutes(), statisticsRoutes(), eventRoutes(), imageRoutes(), reportRoutes(), instantRoutes(), reportTemplateRoutes(), reportAttachmentRoutes(), []route{
			{post, folders, auth.FolderCreate, "Create a folder with or without media; with analyses it answers with their results", (*api).createFolder},
			{get, folders, auth.FolderRead, "List folders", (*api).listFolders},
			{get, folder, auth.FolderRead, "Read a folder", (*api).readFolder},
			{patch, folder, auth.Either(auth.FolderUpdate, auth.AnalysisDecide), "Change metadata, webhook or legal hold of a folder, or decide on it as operator", (*api).changeFolder},
			{post, folder + "/media", auth.MediaCreate, "Add media to a folder", (*api).addMedia},
			{get, folder + "/media", auth.MediaRead, "List the media of a folder", (*api).folderMedia},
			{post, folder + "/analyses", auth.AnalysisOrder, "Order analyses on a folder", (*api).orderAnalyses},
			{get, folder + "/analyses", auth.AnalysisRead, "List the analyses of a folder", (*api).folderAnalyses},

			{get, media, auth.MediaRead, "Read a media", (*api).readMedia},
			{patch, media, auth.MediaUpdate, "Replace the tags of a media", (*api).changeMedia},

			{get, "/api/analyses", auth.AnalysisRead, "List analyses", (*api).listAnalyses},
			{get, analysis, auth.AnalysisRead, "Read an analysis", (*api).readAnalysis},

			{get, "/api/version", "", "Version of the server", (*api).version},
			{get, "/api/config", "", "Settings that clients may know", (*api).config},
			{get, "/static/{key}/{name}", "", "Download a file by its link", (*api).download},
			{get, "/docs", "", "This description as a page", (*api).reference},
			{get, "/api/openapi.json", "", "This description for machines", (*api).openAPI},
			{get, "/healthz", "", "Tell that the server is alive", (*api).health},
		})
}

func byPattern(all []route) map[string][]route {
	m := map[string][]route{}
	for _, r := range all {
		m[r.Pattern] = append(m[r.Pattern], r)
	}
	return m
}

// methods picks the route of a path by the request's method. HEAD is GET without
// the body, which net/http leaves out.
func (a *api) methods(group []route) http.Handler {
	allow := allowed(group)
	byMethod := map[string]http.Handler{}
	for _, r := range group {
		byMethod[r.Method] = a.serve(r)
	}
	byMethod[http.MethodOptions] = a.serve(route{Pattern: group[0].Pattern, handle: options})
	if h := byMethod[http.MethodGet]; h != nil {
		byMethod[http.MethodHead] = h
	}
	wrong := a.serve(route{Pattern: group[0].Pattern, handle: wrongMethod})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, ok := byMethod[r.Method]
		if !ok {
			h = wrong
		}
		if !ok || r.Method == http.MethodOptions {
			w.Header().Set("Allow", allow)
		}
		h.ServeHTTP(w, r)
	})
}

func allowed(group []route) string {
	names := []string{http.MethodOptions}
	for _, r := range group {
		names = append(names, r.Method)
		if r.Method == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func options(_ *api, c *call) (*answer, error) {
	c.w.Header().Set("Content-Length", "0")
	c.w.WriteHeader(http.StatusOK)
	return nil, nil
}

func wrongMethod(*api, *call) (*answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeMethod, "Method is not allowed")
}

func unknownPath(*api, *call) (*answer, error) {
	return nil, bonafide.Errorf(bonafide.CodeNotFound, "Path not found")
}
