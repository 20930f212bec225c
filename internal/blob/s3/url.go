package s3

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// place is what a URL says. It holds no secret.
type place struct {
	bucket, prefix string
	endpoint       *url.URL
	region         string
}

func (p place) String() string {
	return "s3://" + p.bucket + "/" + p.prefix + " at " + p.endpoint.String()
}

// publicEndpoint is where buckets are whose URL names no endpoint.
const publicEndpoint = "https://s3.amazonaws.com"

// parse reads a URL of a bucket.
func parse(text string) (place, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return place{}, errors.New("blobs: not a URL as s3://bucket/prefix?endpoint=https://host&region=name")
	}
	if u.User != nil {
		return place{}, errors.New("blobs: credentials do not belong into the URL, but into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	q := u.Query()
	for key := range q {
		if key != "endpoint" && key != "region" {
			return place{}, fmt.Errorf("blobs: the URL may have endpoint and region, not %q", key)
		}
	}
	p := place{bucket: u.Host, prefix: strings.Trim(u.Path, "/"), region: q.Get("region")}
	if p.prefix != "" {
		p.prefix += "/"
	}
	p.endpoint, err = url.Parse(cmp.Or(q.Get("endpoint"), publicEndpoint))
	if err != nil || p.endpoint.Host == "" || p.endpoint.Scheme != "https" && p.endpoint.Scheme != "http" || strings.Trim(p.endpoint.Path, "/") != "" {
		return place{}, fmt.Errorf("blobs: the endpoint is an address as https://host:port, not %q", q.Get("endpoint"))
	}
	return p, nil
}

// retries of a call whose server cannot be reached, within about a second.
const retries = 4

// client speaks to the server of a place.
func (p place) client() (*minio.Client, error) {
	return minio.New(p.endpoint.Host, &minio.Options{
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.FileAWSCredentials{}, &credentials.IAM{},
		}),
		Secure:     p.endpoint.Scheme == "https",
		Region:     p.region,
		MaxRetries: retries,
	})
}
