// Package config is every setting of the server in one struct. Values come from
// defaults, then the configuration file, then the environment, then flags; the
// later wins. The struct tags are the manual: `bonafide serve --help` prints
// them. A default like ${max_files} is that of the room that works with the value; the
// command fills it in.
package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
	_ "time/tzdata" // zones, wherever the server runs
)

// Config holds the settings that the commands share.
type Config struct {
	Data    string `help:"Folder of the database, the media and pulled models." default:"data" env:"BONAFIDE_DATA" type:"path"`
	Blobs   string `help:"Where media are kept: s3://bucket/prefix?endpoint=https://host:port&region=name; empty means the data folder. The account is that of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY." env:"BONAFIDE_BLOBS"`
	DB      string `name:"db" help:"Database: postgres://user@host/name, a PostgreSQL; empty takes the file in the data folder." env:"BONAFIDE_DB"`
	Gallery string `help:"Where persons are searched: postgres://user@host/name, a PostgreSQL with pgvector, for more persons than memory holds; empty takes memory, which is faster." env:"BONAFIDE_GALLERY"`
	Set     string `help:"Model set: auto takes standard where it is installed, else starter; where standard has been in use, starter must be named." default:"auto" env:"BONAFIDE_SET"`
	Assets  string `help:"Folder with models/ and lib/ that came with the binary; empty means the binary's own folder." env:"BONAFIDE_ASSETS" type:"path"`
	Profile string `help:"Operating point of the liveness model that 0.5 stands for: lenient, default or strict from its card; auto takes what 'bonafide calibrate' has set here, else default." default:"auto" env:"BONAFIDE_PROFILE"`
	Reuse   string `help:"What a recording counts that was sent before, in another folder of the company: tell only names it in the answer, count takes it for an attack." enum:"tell,count" default:"tell" env:"BONAFIDE_REUSE"`
	New     bool   `name:"new-database" help:"Begin a new database although media are in the data folder; without it that is refused, since the database was probably lost. Media that no database knows are deleted after a day." env:"BONAFIDE_NEW_DATABASE"`
	FFmpeg  string `name:"ffmpeg" help:"Video decoder." default:"ffmpeg" env:"BONAFIDE_FFMPEG"`
	FFprobe string `name:"ffprobe" help:"Video prober." default:"ffprobe" env:"BONAFIDE_FFPROBE"`
	Workers int    `help:"Analyses and decodings that run at once; 0 means one per core." default:"0" env:"BONAFIDE_WORKERS"`

	Limits Limits `embed:"" prefix:"max-" group:"limits"`
	Bounds Bounds `embed:"" group:"bounds"`

	LogFormat string `help:"Log lines as text or json." enum:"text,json" default:"text" env:"BONAFIDE_LOG_FORMAT"`
	LogLevel  string `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"BONAFIDE_LOG_LEVEL"`
}

// Bounds are what companies may tighten and nobody may loosen; 0 sets none.
type Bounds struct {
	MaxThresholdSpoofing float64 `help:"Greatest threshold_spoofing that an order may ask for; 0 allows any." default:"0" env:"BONAFIDE_MAX_THRESHOLD_SPOOFING"`
	MinThresholdMax      float64 `help:"Smallest threshold_max that an order may ask for; 0 allows any." default:"0" env:"BONAFIDE_MIN_THRESHOLD_MAX"`
	MaxDecisionThreshold float64 `help:"Greatest decision_threshold that an order may ask for; 0 allows any." default:"0" env:"BONAFIDE_MAX_DECISION_THRESHOLD"`
	MaxFaceShare         float64 `help:"Largest share of the frame of a still that a face may fill, up to that of the set; 0 takes that. 'bonafide model list' shows the error rates measured for each." default:"0" env:"BONAFIDE_MAX_FACE_SHARE"`
	MeasureGestures      bool    `help:"Only measure the gestures that tags of media name, where neither company nor order demand them; else media that do not show theirs are declined." env:"BONAFIDE_MEASURE_GESTURES"`
	MinEyeDistance       float64 `help:"Pixels between the eyes at least, from that of the set on; 0 takes that." default:"0" env:"BONAFIDE_MIN_EYE_DISTANCE"`
}

// Limits bound what comes from outside.
type Limits struct {
	FileBytes      int64         `help:"Largest uploaded file in bytes." default:"${max_file}" env:"BONAFIDE_MAX_FILE_BYTES"`
	BodyBytes      int64         `help:"Largest request body in bytes." default:"${max_body}" env:"BONAFIDE_MAX_BODY_BYTES"`
	MetaBytes      int           `help:"Metadata of one object, in bytes of JSON." default:"${max_meta}" env:"BONAFIDE_MAX_META_BYTES"`
	FolderFiles    int           `help:"Files in one folder." default:"${max_files}" env:"BONAFIDE_MAX_FOLDER_FILES"`
	Pixels         int           `help:"Pixels of one picture." default:"${max_pixels}" env:"BONAFIDE_MAX_PIXELS"`
	ZipEntries     int           `help:"Entries of one zip of frames." default:"${max_zip_entries}" env:"BONAFIDE_MAX_ZIP_ENTRIES"`
	ZipBytes       int64         `help:"Unpacked bytes of one zip of frames." default:"${max_zip_bytes}" env:"BONAFIDE_MAX_ZIP_BYTES"`
	ZipPixels      int64         `help:"Pixels of all pictures of one zip of frames together." default:"${max_zip_pixels}" env:"BONAFIDE_MAX_ZIP_PIXELS"`
	VideoDuration  time.Duration `help:"Longest video." default:"${max_video}" env:"BONAFIDE_MAX_VIDEO_DURATION"`
	DecodeDuration time.Duration `help:"Wall clock of one decoding." default:"${max_decode}" env:"BONAFIDE_MAX_DECODE_DURATION"`
	ListDuration   time.Duration `help:"Time in which the database must find a list or a total; what takes longer is answered with 503." default:"${max_list}" env:"BONAFIDE_MAX_LIST_DURATION"`

	CompanyRequests   int   `help:"Requests of one company in a minute; one beyond is answered with 429. 0 means any number." default:"0" env:"BONAFIDE_MAX_COMPANY_REQUESTS"`
	CompanyUnfinished int   `help:"Analyses of one company that are ordered and have not ended; an order beyond is answered with 429. 0 means any number." default:"10000" env:"BONAFIDE_MAX_COMPANY_UNFINISHED"`
	CompanyBytes      int64 `help:"Bytes of the media and photos of persons that one company stores; what is beyond is answered with 409. 0 means any number." default:"1099511627776" env:"BONAFIDE_MAX_COMPANY_BYTES"`
}

// Serve holds the settings of the server.
type Serve struct {
	Role           string         `help:"What the process does: all is the whole server; api answers requests, and worker works on what was ordered, any number of each on one --db; webadapter is capture in browsers alone, before the API that --api-url names." enum:"all,api,worker,webadapter" default:"all" env:"BONAFIDE_ROLE"`
	Listen         string         `help:"Address to listen on." default:"127.0.0.1:8080" env:"BONAFIDE_LISTEN"`
	PublicURL      string         `help:"Base of links in answers, such as https://id.example.org; empty takes the request's host." env:"BONAFIDE_PUBLIC_URL"`
	LinkLifetime   time.Duration  `help:"How long a link to a stored file opens it at least, such as 1h; such links are signed and take up to a quarter longer. 0 gives links that last as long as their files, as the vendor's do." default:"0" env:"BONAFIDE_LINK_LIFETIME"`
	SessionTTL     time.Duration  `help:"Life of an ordinary access token after its last use." default:"${session_ttl}" env:"BONAFIDE_SESSION_TTL"`
	SessionLife    time.Duration  `help:"Longest life of an ordinary session, however it is used or refreshed." default:"${session_life}" env:"BONAFIDE_SESSION_LIFE"`
	SessionLongTTL time.Duration  `help:"Life of a service account's token." default:"${session_long_ttl}" env:"BONAFIDE_SESSION_LONG_TTL"`
	CORSOrigins    []string       `name:"cors-origins" help:"Origins that browsers may call from." default:"*" env:"BONAFIDE_CORS_ORIGINS"`
	TrustedProxies []netip.Prefix `help:"Networks whose X-Forwarded-* headers are believed, such as 10.0.0.0/8." env:"BONAFIDE_TRUSTED_PROXIES"`
	TLSCert        string         `name:"tls-cert" help:"Certificate with its chain (PEM): requests are answered by TLS. Read anew when it changes." env:"BONAFIDE_TLS_CERT" type:"path"`
	TLSKey         string         `name:"tls-key" help:"Private key of that certificate (PEM)." env:"BONAFIDE_TLS_KEY" type:"path"`
	MetricsListen  string         `help:"Address of metrics for Prometheus at /metrics, and of probes, without sign-in, such as :9464; keep it from strangers. Empty answers none." env:"BONAFIDE_METRICS_LISTEN"`
	ReadyQueueAge  time.Duration  `help:"Age of an order that waits for a worker from which on /readyz says that not all is well." default:"1m" env:"BONAFIDE_READY_QUEUE_AGE"`
	SingleWait     time.Duration  `help:"Longest time that a single request waits for its verdict." default:"${single_wait}" env:"BONAFIDE_SINGLE_WAIT"`
	Lite           bool           `help:"Answer Oz API Lite as well, a stateless face service without sign-in." default:"true" negatable:"" env:"BONAFIDE_LITE"`
	LiteKey        string         `help:"Key that callers of Oz API Lite must show as X-Api-Key or bearer token; empty lets everybody in." env:"BONAFIDE_LITE_KEY"`
	Components     []string       `help:"Parts of the API that are answered: stateful is all that is stored, stateless the instant call, and without auth the latter needs no token. The word oz_collections is understood and belongs to stateful." default:"auth,stateful,stateless" env:"BONAFIDE_COMPONENTS,OZ_APP_COMPONENTS"`
	InstantBytes   int64          `help:"Media of instant calls that are held in memory at once, in bytes, of which one company may have three quarters; what is beyond is answered with 429." default:"268435456" env:"BONAFIDE_INSTANT_BYTES"`
	CaptureKey     string         `help:"Private key on curve P-384 (PEM) that signs capture tokens; empty takes one that the database keeps." env:"BONAFIDE_CAPTURE_KEY,OZ_JWT_PRIVATE_KEY_PATH" type:"path"`

	CapturesPerPerson  int     `help:"Captures that may be drawn for one person within an hour; one more is answered with 429. 0 means any number." default:"10" env:"BONAFIDE_CAPTURES_PER_PERSON"`
	CapturesPerCompany int     `help:"Captures that one company may draw within an hour; one more is answered with 429. 0 means any number." default:"6000" env:"BONAFIDE_CAPTURES_PER_COMPANY"`
	Capture            Capture `embed:"" group:"capture"`

	Timezone   string `help:"Time zone of the times in reports, such as Asia/Almaty; clients are told of it." default:"UTC" env:"BONAFIDE_TIMEZONE"`
	ReportName string `help:"Name of report files; {folder_id}, {report_id}, {date} and {time} are filled in." default:"${report_name}" env:"BONAFIDE_REPORT_NAME"`

	Webhook Webhook `embed:"" prefix:"webhook-" group:"webhooks"`
}

// Capture holds the settings of the web adapter, the server behind capture in browsers.
type Capture struct {
	WebAdapter bool   `name:"web-adapter" help:"Answer what pages need that capture by the web plugin." default:"true" negatable:"" env:"BONAFIDE_WEB_ADAPTER"`
	AppConfig  string `name:"app-config" help:"Settings of the web adapter, app_config.json as the vendor's; each of its keys is read as WA_<KEY> from the environment, too. Folders beside it in tenants/ hold one of their own, for pages below /<tenant>/." env:"BONAFIDE_APP_CONFIG" type:"path"`
	APIURL     string `name:"api-url" help:"Oz API that the web adapter asks, such as https://api.example.org/api/; empty takes that of this server." env:"BONAFIDE_API_URL"`
	APIToken   string `name:"api-token" help:"Token of a service account of that API." env:"BONAFIDE_API_TOKEN"`
	Demo       string `help:"Page /demo, which shows verdicts: on for all who reach the server, signed for people with an account, off; auto is on for who sits at this machine, where no public URL is set, and signed for others." enum:"auto,on,signed,off" default:"auto" env:"BONAFIDE_DEMO"`
	License    string `help:"Signed file that names the origins of pages which may capture; without one all may." env:"BONAFIDE_LICENSE" type:"path"`
	LicenseKey string `help:"Ed25519 public key in base64 whose licences are taken; without one each is, whoever signed it." env:"BONAFIDE_LICENSE_KEY"`
}

// reportName is what names of report files may be made of.
var reportName = regexp.MustCompile(`^([\p{L}\p{N} ._()-]|\{(folder_id|report_id|date|time)\})+\.pdf$`)

// Validate refuses numbers that make no sense. Errors name the setting as its flag.
func (c *Config) Validate() error {
	l := c.Limits
	for _, limit := range []struct {
		name  string
		value int64
	}{
		{"max-file-bytes", l.FileBytes}, {"max-body-bytes", l.BodyBytes}, {"max-folder-files", int64(l.FolderFiles)}, {"max-meta-bytes", int64(l.MetaBytes)},
		{"max-pixels", int64(l.Pixels)}, {"max-zip-entries", int64(l.ZipEntries)}, {"max-zip-bytes", l.ZipBytes},
		{"max-zip-pixels", l.ZipPixels}, {"max-video-duration", int64(l.VideoDuration)}, {"max-decode-duration", int64(l.DecodeDuration)}, {"max-list-duration", int64(l.ListDuration)},
	} {
		if limit.value <= 0 {
			return fmt.Errorf("--%s: want more than 0", limit.name)
		}
	}
	if l.CompanyUnfinished < 0 || l.CompanyBytes < 0 {
		return fmt.Errorf("--max-company-unfinished and --max-company-bytes: want 0 or more")
	}
	if c.Workers < 0 {
		return fmt.Errorf("--workers %d: want 0 or more", c.Workers)
	}
	return nil
}

// Roles of a process. An empty one is RoleAll.
const (
	RoleAll        = "all"
	RoleAPI        = "api"
	RoleWorker     = "worker"
	RoleWebAdapter = "webadapter"
)

// Several tells that the process is one of several, which have parts of the server each.
func (s *Serve) Several() bool { return s.Role == RoleAPI || s.Role == RoleWorker }

// CheckTogether refuses settings that do not go together.
func (s *Serve) CheckTogether(c *Config) error {
	if s.Several() && c.DB == "" {
		return fmt.Errorf("--role %s: set --db to the PostgreSQL database that the processes of the installation share", s.Role)
	}
	return nil
}

// Validate finds out at the start what would otherwise spoil every link and every
// report, or leave a part of the API out by a slip of the pen. Errors name the setting
// as its flag.
func (s *Serve) Validate() error {
	if _, err := s.Zone(); err != nil {
		return err
	}
	if _, port, err := net.SplitHostPort(s.Listen); s.Listen != "" && (err != nil || port == "") {
		return fmt.Errorf("--listen %q: want an address and a port, such as 127.0.0.1:8080 or :8080", s.Listen)
	}
	if _, port, err := net.SplitHostPort(s.MetricsListen); s.MetricsListen != "" && (err != nil || port == "") {
		return fmt.Errorf("--metrics-listen %q: want an address and a port, such as 127.0.0.1:9464 or :9464", s.MetricsListen)
	}
	if (s.TLSCert == "") != (s.TLSKey == "") {
		return fmt.Errorf("--tls-cert and --tls-key: want both or neither")
	}
	if s.ReportName != "" && (len(s.ReportName) > 150 || !reportName.MatchString(s.ReportName)) {
		return fmt.Errorf("--report-name %q: want letters, digits and . _ - ( ), the placeholders {folder_id}, {report_id}, {date} and {time}, and .pdf at the end", s.ReportName)
	}
	if s.LinkLifetime != 0 && s.LinkLifetime < time.Minute {
		return fmt.Errorf("--link-lifetime %s: want 1m or more, or 0 for links that last as long as their files", s.LinkLifetime)
	}
	if s.CapturesPerPerson < 0 || s.CapturesPerCompany < 0 {
		return fmt.Errorf("--captures-per-person and --captures-per-company: want 0 or more")
	}
	if err := s.validateComponents(); err != nil || s.PublicURL == "" {
		return err
	}
	u, err := url.Parse(s.PublicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return fmt.Errorf("--public-url %q: want http or https, a host and nothing but a path after it, such as https://id.example.org", s.PublicURL)
	}
	return nil
}

func (s *Serve) validateComponents() error {
	for _, c := range s.Components {
		if !slices.Contains([]string{"auth", "stateful", "stateless", "oz_collections"}, c) {
			return fmt.Errorf("--components %q: want auth, stateful or stateless", c)
		}
	}
	if len(s.Components) > 0 && !slices.Contains(s.Components, "stateful") && !slices.Contains(s.Components, "stateless") {
		return fmt.Errorf("--components %q: want stateful or stateless among them", s.Components)
	}
	return nil
}

// Zone is the time zone of reports; the empty name is UTC.
func (s *Serve) Zone() (*time.Location, error) {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil || zone == time.Local {
		return nil, fmt.Errorf("--timezone %q: want a name of the IANA database, such as Asia/Almaty", s.Timezone)
	}
	return zone, nil
}

// Webhook holds the settings of what the server sends by itself.
type Webhook struct {
	Allow      []netip.Prefix `help:"Networks that webhooks may reach although they are not public, such as 10.1.0.0/16." env:"BONAFIDE_WEBHOOK_ALLOW"`
	HTTPSOnly  bool           `name:"https-only" help:"Refuse webhooks over http." env:"BONAFIDE_WEBHOOK_HTTPS_ONLY"`
	FirstPause time.Duration  `help:"Pause after the first failed attempt; it then grows threefold each time, up to six hours." default:"${webhook_first_pause}" env:"BONAFIDE_WEBHOOK_FIRST_PAUSE"`
	Patience   time.Duration  `help:"How long a webhook is attempted before it is given up." default:"${webhook_patience}" env:"BONAFIDE_WEBHOOK_PATIENCE"`
}

// AssetsDir is the folder of what came with the binary: Assets, or the folder
// that the running binary lies in.
func (c *Config) AssetsDir() (string, error) {
	if c.Assets != "" {
		return c.Assets, nil
	}
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	exe, err = filepath.EvalSymlinks(exe)
	if err != nil {
		return "", err
	}
	return filepath.Dir(exe), nil
}

// ModelDirs lists where models are looked up, first hit wins: the data folder
// (pulled, or the operator's own), then what came with the binary.
func (c *Config) ModelDirs() ([]string, error) {
	assets, err := c.AssetsDir()
	if err != nil {
		return nil, err
	}
	return []string{filepath.Join(c.Data, "models"), filepath.Join(assets, "models")}, nil
}
