// Program s3server serves a folder by the S3 protocol, for tests: each folder in it is a
// bucket, and the folder attributes beside it must exist. It is versitygw, a real S3 server, without the parts that nothing here asks for.
//
//	s3server ADDRESS FOLDER
//
// The account is test, its secret testtest.
package main

import (
	"context"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: s3server ADDRESS FOLDER")
	}
	attributes := filepath.Join(filepath.Dir(os.Args[2]), "attributes")
	beside, err := meta.NewSideCar(attributes)
	if err != nil {
		log.Fatal(err)
	}
	backend, err := posix.New(os.Args[2], beside, posix.PosixOpts{SideCarDir: attributes})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err = embedgw.RunVersityGW(ctx, backend, &embedgw.Config{
		RootUserAccess: "test", RootUserSecret: "testtest", Region: "us-east-1",
		Ports: []string{os.Args[1]}, Quiet: true, HealthPath: "/health",
		MaxConnections: 1000, MaxRequests: 1000, MultipartMaxParts: 10_000,
	})
	if err != nil {
		log.Fatal(err)
	}
}
