package request

// CompanyIn makes a company.
type CompanyIn struct {
	Name string `json:"name" minLength:"1" maxLength:"255" pattern:"\\S" example:"Bank of Example"` // for people
}

// CompanyChangeIn changes what of a company is given; at least one field is needed.
type CompanyChangeIn struct {
	Name           *string `json:"name,omitempty" minLength:"1" maxLength:"255" pattern:"\\S" example:"Bank of Example"` // for people
	KeepMediaDays  *int    `json:"keep_media_days,omitempty" minimum:"1" maximum:"36500" example:"30"`                   // days for which media are kept; null means for ever
	KeepResultDays *int    `json:"keep_result_days,omitempty" minimum:"1" maximum:"36500" example:"365"`                 // days for which folders are kept; null means for ever
	Strict         *bool   `json:"strict,omitempty"`                                                                     // ours: requests of its users with anything that nobody reads are answered 400 in place of a warning
	LogReads       *bool   `json:"log_reads,omitempty"`                                                                  // ours: each reading of a file with a face, originals, thumbnails, best shots and reports, is noted in the audit log
	VerifyGestures *bool   `json:"verify_gestures,omitempty"`                                                            // ours: true: media must show the gestures that their tags name, whatever an order says; false: gestures are measured and do not count where an order does not ask for them; null means the installation's
	// Ours: limits within those of the installation; null takes one away.
	MaxThresholdSpoofing *float64 `json:"max_threshold_spoofing,omitempty" minimum:"0.01" maximum:"1" example:"0.5"`  // orders of QUALITY may ask for no greater threshold_spoofing; null means the installation's, and nothing laxer is taken
	MinThresholdMax      *float64 `json:"min_threshold_max,omitempty" minimum:"0" maximum:"0.99" example:"0.85"`      // orders of BIOMETRY may ask for no smaller threshold_max; null means the installation's, and nothing laxer is taken
	MaxDecisionThreshold *float64 `json:"max_decision_threshold,omitempty" minimum:"0.01" maximum:"1" example:"0.85"` // orders of COLLECTION may ask for no greater decision_threshold; null means the installation's, and nothing laxer is taken
	MaxFaceShare         *float64 `json:"max_face_share,omitempty" minimum:"0.3" maximum:"0.83" example:"0.5"`        // largest share of the frame of a still that a face may fill; null means the installation's, and nothing laxer is taken
	MinEyeDistance       *float64 `json:"min_eye_distance,omitempty" minimum:"30" maximum:"150" example:"60"`         // pixels between the eyes at least; null means the installation's, and nothing laxer is taken
}
