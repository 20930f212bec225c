package bonafide

// Brightness is how well a face is lit. Its findings have Score = mean luma of the face,
// in [0,1].
const (
	Brightness        AnalysisType = "BRIGHTNESS"
	FindingBrightness              = "brightness"
)
