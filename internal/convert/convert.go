// Package convert turns published weights into ONNX graphs: TensorFlow.js graph
// models, the dlib weights of face-api, OpenVINO IR, and the PyTorch
// checkpoints of MiniFASNet. Equal sources give equal bytes on every machine,
// so that a graph can be pinned by its digest. Inputs are NCHW and of batch one,
// which is the layout that the runtime works in.
//
// Sources come from outside: every reader here limits what it takes and answers
// damage with an error of CodeModel, never with a panic.
package convert

import (
	"github.com/bonafide-id/bonafide"
)

// MaxSourceBytes limits each source file.
const MaxSourceBytes = 256 << 20

// The conversions, as cards name them.
const (
	None           = "none" // the one source file is the graph
	TFJS           = "tfjs"
	Dlib           = "faceapi-dlib"
	OpenVINO       = "openvino"
	MiniFASNetV2   = "minifasnet-v2"
	MiniFASNetV1SE = "minifasnet-v1se"
)

// Source is what a graph is made from.
type Source struct {
	Name    string            // of the graph
	Files   map[string][]byte // by the last element of the path
	Outputs []string          // to keep, in this order; empty: all (TFJS only)
}

// Graph runs the named conversion and returns the ONNX file. The caller has
// verified the digests of the sources.
func Graph(conversion string, src Source) ([]byte, error) {
	for name, data := range src.Files {
		if len(data) > MaxSourceBytes {
			return nil, damaged("%s is larger than %d bytes", name, MaxSourceBytes)
		}
	}
	var g *graph
	var err error
	switch conversion {
	case None:
		return src.only()
	case TFJS:
		g, err = fromTFJS(src)
	case Dlib:
		g, err = fromDlib(src)
	case OpenVINO:
		g, err = fromOpenVINO(src)
	case MiniFASNetV2, MiniFASNetV1SE:
		g, err = fromMiniFASNet(src, conversion == MiniFASNetV1SE)
	default:
		return nil, bonafide.Errorf(bonafide.CodeModel, "unknown conversion %q", conversion)
	}
	if err != nil {
		return nil, err
	}
	g.widen()
	return g.encode(), nil
}

// only returns the one file that a source must consist of.
func (s Source) only() ([]byte, error) {
	if len(s.Files) != 1 {
		return nil, damaged("one source file is wanted, there are %d", len(s.Files))
	}
	for _, data := range s.Files {
		return data, nil
	}
	return nil, nil
}

// damaged is the error for a source that cannot be converted.
func damaged(format string, args ...any) error {
	return bonafide.Errorf(bonafide.CodeModel, "model source: "+format, args...)
}
