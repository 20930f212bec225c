package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/bonafide-id/bonafide"
)

const (
	// SignatureHeader carries the older of the two signatures.
	SignatureHeader = "X-Forensic-Signature"
	// AttemptHeader counts the attempts of a delivery from 1.
	AttemptHeader = "X-Forensic-Attempt"
)

// sign sets the headers that say who sends the body and when, with one signature
// per secret. Both kinds of signature use the bytes that the secret encodes as key.
func sign(h http.Header, id bonafide.ID, at time.Time, body []byte, secrets []bonafide.WebhookSecret) error {
	h.Set(standardwebhooks.HeaderWebhookID, string(id))
	h.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(at.Unix(), 10))
	var standard []string
	forensic := []string{"t=" + strconv.FormatInt(at.Unix(), 10)}
	for _, s := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Secret, secretPrefix))
		if err != nil {
			return fmt.Errorf("webhook secret %s: %w", s.ID, err)
		}
		signer, err := standardwebhooks.NewWebhookRaw(key)
		if err != nil {
			return fmt.Errorf("webhook secret %s: %w", s.ID, err)
		}
		signature, err := signer.Sign(string(id), at, body)
		if err != nil {
			return fmt.Errorf("webhook secret %s: %w", s.ID, err)
		}
		standard = append(standard, signature)
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%d.%s", at.Unix(), body)
		forensic = append(forensic, "v1="+hex.EncodeToString(mac.Sum(nil)))
	}
	if len(secrets) > 0 {
		h.Set(standardwebhooks.HeaderWebhookSignature, strings.Join(standard, " "))
		h.Set(SignatureHeader, strings.Join(forensic, ","))
	}
	return nil
}
