package quality

import (
	"encoding/json"
	"fmt"

	"github.com/bonafide-id/bonafide"
	"github.com/bonafide-id/bonafide/internal/sample"
)

// injection writes down what the server found about how a media came here, nothing for
// one that came with no drawn capture. The score is what the hints leave; by itself it
// decides nothing.
func injection(s *sample.Sample) ([]bonafide.Finding, error) {
	kept, captured := s.Media.TechnicalMeta[bonafide.InjectionKey]
	if !captured {
		return nil, nil
	}
	var hints []bonafide.Hint
	raw, err := json.Marshal(kept)
	if err == nil {
		err = json.Unmarshal(raw, &hints)
	}
	if err != nil {
		return nil, fmt.Errorf("media %s: what was found about its capture: %w", s.Media.ID, err)
	}
	score := 1.0
	for _, h := range hints {
		score *= 1 - h.Weight
	}
	return []bonafide.Finding{{Kind: bonafide.FindingInjection, MediaID: s.Media.ID, Score: &score, Hints: hints}}, nil
}
