// Package request reads what clients send to the Oz API: JSON objects field by
// field, because clients label and spell them in many ways, payloads with orders
// of analyses, and uploads in any of their forms.
package request
