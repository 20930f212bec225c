package sample_test

import (
	"testing"

	"github.com/bonafide-id/bonafide/internal/sample/sampletest"
)

func TestAFaceIsFollowedWithoutTheDetector(t *testing.T) {
	studio := sampletest.New()
	var shots []sampletest.Shot
	for i := range 30 {
		s := sampletest.Front()
		s.Pose.YawDeg = float64(i)
		shots = append(shots, s)
	}
	moments, err := studio.Sample("a", shots...).Movement(t.Context(), nil)
	if err != nil || len(moments) != 30 {
		t.Fatalf("%d moments, %v", len(moments), err)
	}
	for i, m := range moments {
		if m.Mesh == nil || m.Mesh.Pose.YawDeg != float64(i) || m.AtMS != 100*float64(i) {
			t.Errorf("moment %d: %+v", i, m)
		}
	}
	if n := studio.Detected.Load(); n != 2 {
		t.Errorf("the detector was asked %d times", n)
	}
	gone := sampletest.Front()
	gone.Boxes = nil
	moments, err = studio.Sample("b", gone, gone).Movement(t.Context(), nil)
	if err != nil || moments[0].Mesh != nil || moments[1].Mesh != nil {
		t.Errorf("without a face: %v, %v", moments, err)
	}
}
