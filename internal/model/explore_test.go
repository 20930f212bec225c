package model_test
import (
 "fmt"
 "os"
 "testing"
 "time"
 "github.com/bonafide-id/bonafide/internal/model"
 "github.com/bonafide-id/bonafide/internal/model/modeltest"
)
func TestExplore(t *testing.T) {
	if os.Getenv("EXPLORE")=="" { t.Skip() }
	t0:=time.Now()
	sets:=[]*model.Set{modeltest.Standard(t), modeltest.Starter(t)}
	fmt.Println("open both", time.Since(t0))
	for _, f := range []string{"lfw/Aaron_Patterson_0001.jpg","lfw/Aaron_Sorkin_0001.jpg","pad/still/live_ClientRaw_0007_0007_01_05_03_447.jpg","pad/still/print_ImposterRaw_0004_0004_01_01_03_185.jpg"} {
		im := modeltest.Picture(t, modeltest.Shared(t,"data",f))
		for _, s := range sets {
			faces, err := s.Detector.Detect(t.Context(), im)
			if err!=nil { t.Fatal(err) }
			fmt.Println(s.Name, f, im.Width, im.Height, len(faces))
			for _, fc := range faces {
				m, err := s.Landmarker.Landmarks(t.Context(), im, fc)
				if err!=nil { t.Fatal(err) }
				fmt.Printf("  box %.1f score %.3f pts %.1f\n   mesh flag %.3f align %.1f pose %.1f\n", fc.Box, fc.Score, fc.Points, m.Flag, m.Align, m.Pose)
				if s.PAD!=nil { l,err:=s.PAD.Logit(t.Context(), im, fc); fmt.Println("   logit",l,s.PAD.Calibrate(l),err) }
			}
		}
	}
}
