// Command scenario creates a folder with a photo by the generated Go client and reads it.
package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/google/uuid"

	"clients/bonafideapi"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	token := ""
	signed := func(_ context.Context, r *http.Request) error {
		r.Header.Set("X-Forensic-Access-Token", token)
		return nil
	}
	client, err := bonafideapi.NewClientWithResponses(os.Getenv("BONAFIDE_URL"), bonafideapi.WithRequestEditorFn(signed))
	if err != nil {
		return err
	}
	who := bonafideapi.SignInIn{Credentials: bonafideapi.CredentialsIn{Email: os.Getenv("BONAFIDE_EMAIL"), Password: os.Getenv("BONAFIDE_PASSWORD")}}
	session, err := client.SignInWithResponse(ctx, who)
	if err != nil || session.JSON200 == nil {
		return fmt.Errorf("sign in: %v, %s", err, session.Body)
	}
	token = session.JSON200.AccessToken

	body, contentType, err := upload(os.Getenv("BONAFIDE_SELFIE"))
	if err != nil {
		return err
	}
	made, err := client.CreateFolderWithBodyWithResponse(ctx, &bonafideapi.CreateFolderParams{}, contentType, body)
	if err != nil || made.JSON201 == nil {
		return fmt.Errorf("create folder: %v, %s", err, made.Body)
	}
	read, err := client.ReadFolderWithResponse(ctx, made.JSON201.FolderId, &bonafideapi.ReadFolderParams{})
	if err != nil || read.JSON200 == nil {
		return fmt.Errorf("read folder: %v, %s", err, read.Body)
	}
	folder := read.JSON200
	if m := folder.Media; len(m) != 1 || m[0].OriginalName != "selfie.jpg" || m[0].MediaType != "IMAGE_FOLDER" || folder.ResolutionStatus != "INITIAL" {
		return fmt.Errorf("folder: %s", read.Body)
	}
	missing, err := client.ReadFolderWithResponse(ctx, uuid.New(), &bonafideapi.ReadFolderParams{})
	if err != nil || missing.JSON404 == nil || missing.JSON404.ErrorCode != 10 {
		return fmt.Errorf("missing folder: %v, %s", err, missing.Body)
	}
	fmt.Println("go: folder", folder.FolderId)
	return nil
}

// upload is a form with a photo and what is said about it.
func upload(path string) (body *bytes.Buffer, contentType string, err error) {
	photo, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	body = &bytes.Buffer{}
	form := multipart.NewWriter(body)
	if err := form.WriteField("payload", `{"media:tags": {"file": ["photo_selfie"]}}`); err != nil {
		return nil, "", err
	}
	part, err := form.CreateFormFile("file", "selfie.jpg")
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(photo); err != nil {
		return nil, "", err
	}
	return body, form.FormDataContentType(), form.Close()
}
