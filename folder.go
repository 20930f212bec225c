package bonafide

import "time"

// Status words shared by folders and analyses, spelled as on the wire.
type Status string

// All status words. Which of them a field may hold is said at the field.
const (
	Initial          Status = "INITIAL"
	Processing       Status = "PROCESSING"
	Failed           Status = "FAILED"
	Finished         Status = "FINISHED"
	Success          Status = "SUCCESS"
	OperatorRequired Status = "OPERATOR_REQUIRED"
	Declined         Status = "DECLINED"
)

// FolderState is what a folder's analyses add up to.
type FolderState struct {
	// ResolutionStatus is INITIAL, PROCESSING, FAILED or FINISHED over all analyses.
	ResolutionStatus Status
	// SystemResolution is INITIAL, PROCESSING, FAILED, SUCCESS, OPERATOR_REQUIRED or
	// DECLINED over the newest group of analyses.
	SystemResolution Status
	// Overall is the same over the newest analyses of each type and each collection.
	Overall Status
}

// Folder is one verification case.
type Folder struct {
	ID                 ID
	CompanyID          ID // empty when an ADMIN made it
	UserID             ID
	State              FolderState
	ResolutionEndpoint string // webhook, empty when none
	OperatorStatus     Status // empty, SUCCESS or DECLINED
	OperatorComment    string
	OperatorID         ID        // who decided; empty where nobody did, or that is not known
	OperatorTime       time.Time // when; zero likewise
	ResolutionTime     time.Time // zero until the newest group ended
	LegalHold          bool      // nothing of it may be deleted, whatever its age
	Cleared            bool      // media were deleted because of their age
	Meta               Meta
	TechnicalMeta      Meta
	TimeCreated        time.Time
	TimeUpdated        time.Time
}
