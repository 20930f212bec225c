package ozapi

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/auth"
	"github.com/bonafide-id/bonafide/internal/ozapi/request"
	"github.com/bonafide-id/bonafide/internal/ozapi/rest"
	"github.com/bonafide-id/bonafide/internal/ozapi/wire"
	"github.com/bonafide-id/bonafide/internal/store"
)

// captureLinkRecords keeps hosted links.
type captureLinkRecords interface {
	CreateCaptureLink(ctx context.Context, l *store.CaptureLink) error
	CaptureLink(ctx context.Context, scope bonafide.Scope, id bonafide.ID) (*store.CaptureLink, error)
}

func (a *api) captureLinkResource() rest.Resource {
	const links, link = "/api/captures/links", "/api/captures/links/{link_id}"
	return rest.Resource{
		Component: rest.ComponentStateful,
		Noun: rest.Noun{Param: "link_id", Name: "Link", Read: auth.FolderRead, Find: func(c *rest.Call, s bonafide.Scope, id bonafide.ID) error {
			return second(a.Records.CaptureLink(c.Context(), s, id))
		}},
		Routes: []rest.Route{
			{Name: "createCaptureLink", Method: post, Pattern: links, Permission: auth.FolderCreate,
				Summary: "Make an address at which a person is captured once, with its QR code",
				In:      request.CaptureLinkIn{}, Status: made, Out: wire.CaptureLink{}, Refusals: []int{http.StatusNotFound}, Handle: a.createCaptureLink},
			{Name: "readCaptureLink", Method: get, Pattern: link, Permission: auth.FolderRead, Summary: "Read whether such an address was used, and which folder came of it",
				Out: wire.CaptureLink{}, Handle: a.readCaptureLink},
		},
	}
}

// createCaptureLink makes a link. The folder will be the caller's own.
func (a *api) createCaptureLink(c *rest.Call) (*rest.Answer, error) {
	body, err := c.Object()
	if err != nil {
		return nil, err
	}
	l, err := request.ReadCaptureLink(body, c.Now())
	if err != nil {
		return nil, err
	}
	if !a.Pages {
		return nil, bonafide.Errorf(bonafide.CodeNotFound, "This server answers no pages for capture")
	}
	if err := a.Desk.CheckEndpoint(l.Endpoint); err != nil {
		return nil, err
	}
	l.ID, l.CompanyID, l.UserID = bonafide.NewID(), c.Caller.User.CompanyID, c.Caller.User.ID
	if err := a.Records.CreateCaptureLink(c.Context(), &l); err != nil {
		return nil, err
	}
	view := wire.ViewCaptureLink(&l, c.Base()+"/c/"+string(l.ID))
	if view.QR, err = qrOf(view.URL); err != nil {
		return nil, err
	}
	return rest.Created(view)
}

// readCaptureLink answers a link without its picture.
func (a *api) readCaptureLink(c *rest.Call) (*rest.Answer, error) {
	l, err := rest.Find(c, "link_id", "Link", a.Records.CaptureLink)
	if err != nil {
		return nil, err
	}
	return rest.OK(wire.ViewCaptureLink(l, c.Base()+"/c/"+string(l.ID)))
}

// Sizes of a QR code in pixels: of one module, and of the border that readers need.
const (
	qrModule = 6
	qrBorder = 4 // modules
)

// qrOf draws an address as a QR code, a PNG in a data URL.
func qrOf(address string) (string, error) {
	code, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	side := code.Bounds().Dx() * qrModule
	if code, err = barcode.Scale(code, side, side); err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, bordered(code, qrBorder*qrModule)); err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// bordered puts white around a picture.
func bordered(code image.Image, border int) image.Image {
	side := code.Bounds().Dx()
	sheet := image.NewGray(image.Rect(0, 0, side+2*border, side+2*border))
	draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(sheet, image.Rect(border, border, border+side, border+side), code, code.Bounds().Min, draw.Src)
	return sheet
}
