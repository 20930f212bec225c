package auth

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

//go:generate go test -run TestRoleDocumentsAreFresh -update

var update = flag.Bool("update", false, "write the tables of roles in docs anew")

// words names a permission in English and Russian.
func words(p Permission) [2]string {
	return map[Permission][2]string{
		CompanyCreate:          {"create companies", "создавать компании"},
		CompanyRead:            {"see companies", "видеть компании"},
		CompanyUpdate:          {"change companies", "изменять компании"},
		CompanyDelete:          {"delete companies", "удалять компании"},
		UserCreate:             {"create users", "создавать пользователей"},
		UserRead:               {"see users", "видеть пользователей"},
		UserUpdate:             {"change users and their passwords", "изменять пользователей и их пароли"},
		UserDelete:             {"delete users", "удалять пользователей"},
		SessionEnd:             {"sign out", "завершать сеанс"},
		SessionRead:            {"see sessions and service tokens", "видеть сеансы и служебные токены"},
		SessionRevoke:          {"end other sessions and service tokens", "завершать другие сеансы и служебные токены"},
		ServiceTokenCreate:     {"issue tokens of service accounts", "выпускать токены служебных учётных записей"},
		CaptureTokenCreate:     {"issue capture tokens", "выпускать токены съёмки"},
		FolderCreate:           {"create folders", "создавать папки"},
		FolderRead:             {"see folders", "видеть папки"},
		FolderUpdate:           {"change folders and their metadata", "изменять папки и их метаданные"},
		FolderDelete:           {"delete folders", "удалять папки"},
		MediaCreate:            {"upload media", "загружать медиа"},
		MediaRead:              {"see media", "видеть медиа"},
		MediaUpdate:            {"change tags and metadata of media", "изменять теги и метаданные медиа"},
		MediaDelete:            {"delete media", "удалять медиа"},
		AnalysisOrder:          {"order analyses, of the types that the user may start", "заказывать анализы тех типов, которые разрешены пользователю"},
		AnalysisRead:           {"see analyses", "видеть анализы"},
		AnalysisUpdate:         {"change metadata of analyses", "изменять метаданные анализов"},
		AnalysisDelete:         {"delete analyses", "удалять анализы"},
		AnalysisDecide:         {"decide in place of the system", "принимать решение оператора"},
		CollectionCreate:       {"create collections", "создавать коллекции"},
		CollectionRead:         {"see collections", "видеть коллекции"},
		CollectionUpdate:       {"change collections", "изменять коллекции"},
		CollectionDelete:       {"delete collections", "удалять коллекции"},
		PersonCreate:           {"add persons and their photos to collections", "добавлять в коллекции персоны и их фотографии"},
		PersonRead:             {"see persons", "видеть персоны"},
		PersonSearch:           {"search collections by a photo of which nothing is kept", "искать в коллекциях по фотографии, которая не сохраняется"},
		PersonUpdate:           {"change persons", "изменять персоны"},
		PersonDelete:           {"delete persons and photos", "удалять персоны и фотографии"},
		TemplateCreate:         {"add report templates and attachments", "добавлять шаблоны отчётов и вложения"},
		TemplateRead:           {"see report templates", "видеть шаблоны отчётов"},
		TemplateUpdate:         {"change report templates", "изменять шаблоны отчётов"},
		TemplateDelete:         {"delete report templates", "удалять шаблоны отчётов"},
		ReportCreate:           {"make reports", "создавать отчёты"},
		ReportRead:             {"see reports", "видеть отчёты"},
		ReportDelete:           {"delete reports", "удалять отчёты"},
		StatisticsRead:         {"see statistics", "видеть статистику"},
		SettingsRead:           {"see settings and telemetry", "видеть настройки и телеметрию"},
		"audit.read":           {"read the audit log", "читать журнал аудита"},
		"event_session.create": {"send telemetry", "отправлять телеметрию"},
		WebhookRead:            {"see deliveries to receivers", "видеть доставку уведомлений"},
		WebhookReplay:          {"deliver again", "повторять доставку"},
		WebhookSecretCreate:    {"create signing secrets", "создавать секреты подписи"},
		WebhookSecretRead:      {"see signing secrets", "видеть секреты подписи"},
		WebhookSecretDelete:    {"delete signing secrets", "удалять секреты подписи"},
	}[p]
}

// document is a page with a table of roles between two marks.
type document struct {
	path     string
	language int // index into words
	head     string
	reaches  [4]string // by Reach
}

func documents() []document {
	return []document{
		{"../../docs/build/roles.md", 0, "may", [4]string{"–", "own", "company", "all"}},
		{"../../docs/build/roles.ru.md", 1, "право", [4]string{"–", "свои", "компания", "все"}},
	}
}

const (
	tableBegins = "<!-- the table is made from internal/auth/role.go: go generate ./internal/auth -->\n"
	tableEnds   = "<!-- end of the table -->\n"
)

func (d document) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s | |", d.head)
	roles := Roles()
	for _, role := range roles {
		fmt.Fprintf(&b, " %s |", role)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(roles)) + "\n")
	for _, rule := range Matrix() {
		fmt.Fprintf(&b, "| %s | `%s` |", words(rule.Permission)[d.language], rule.Permission)
		for _, r := range rule.Reach {
			fmt.Fprintf(&b, " %s |", d.reaches[r])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestRoleDocumentsAreFresh holds that the manual says what the matrix does.
func TestRoleDocumentsAreFresh(t *testing.T) {
	for _, rule := range Matrix() {
		if w := words(rule.Permission); w[0] == "" || w[1] == "" {
			t.Errorf("words lacks %s", rule.Permission)
		}
	}
	for _, d := range documents() {
		raw, err := os.ReadFile(d.path)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, begins := strings.Cut(string(raw), tableBegins)
		_, after, ends := strings.Cut(rest, tableEnds)
		if !begins || !ends {
			t.Fatalf("%s has no place for the table", d.path)
		}
		fresh := before + tableBegins + d.table() + tableEnds + after
		if fresh == string(raw) {
			continue
		}
		if !*update {
			t.Errorf("%s is stale, run go generate ./internal/auth", d.path)
			continue
		}
		if err := os.WriteFile(d.path, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
