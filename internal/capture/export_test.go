package capture

// KeyName is the name of the secret of a period.
func KeyName(period int64) string { return keyName(period) }
