package query

import (
	"strings"
	"testing"
	"time"

	"github.com/bonafide-id/bonafide"
)

func TestConditionsOnMetadataAreFew(t *testing.T) {
	for n, good := range map[int]bool{1: true, maxConditions: true, maxConditions + 1: false, 31: false} {
		list := strings.TrimSuffix(strings.Repeat("a!=1,", n), ",")
		for how, raw := range map[string]string{"one parameter": "meta_data=" + list, "many": "meta_data=" + strings.ReplaceAll(list, ",", "&meta_data=")} {
			q, err := Folders(Values(raw), time.Now())
			if good != (err == nil) || good && len(q.Filters) != n {
				t.Errorf("%d conditions in %s: %d, %v", n, how, len(q.Filters), err)
			}
			if !good && (bonafide.CodeOf(err) != bonafide.CodeValue || !strings.Contains(err.Error(), "meta_data, at most 8")) {
				t.Errorf("%d conditions in %s: %v", n, how, err)
			}
		}
	}
}
