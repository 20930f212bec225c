package rows

// Rows gives tests one row of each table.
func Rows() []any {
	return []any{
		&analysisRow{}, &attemptRow{}, &attachmentRow{}, &collectionRow{}, &companyRow{}, &deliveryRow{}, &eventSessionRow{},
		&folderRow{}, &imageRow{}, &keyRow{}, &mediaRow{}, &personRow{}, &printRow{}, &reasonRow{}, &reportRow{}, &reportTemplateRow{},
		&secretRow{}, &userRow{},
	}
}
