// Package eval turns trials and scores into error rates with intervals: for
// verification (one-to-one comparison) and for presentation attack detection.
// It reads lists of trials, asks a system under test for scores through small
// interfaces, and writes tables, score files and DET plots. It never sees the
// store, a model or a picture.
//
// # Words
//
// Verification follows ISO/IEC 19795-1. A mated pair shows one person, a
// non-mated pair two. A pair matches when its score is at or above the
// threshold. FMR is the share of non-mated comparisons that match, FNMR the share
// of mated comparisons that do not. A picture without a template is a failure to
// acquire (FTA). FMR and FNMR are taken over the comparisons that took place; FAR
// and FRR are taken over all pairs of the list, where a pair that could not be
// compared counts as a non-match, as the server would decline it.
//
// Presentation attack detection follows ISO/IEC 30107-3. A sample without a
// score, because the capture gate refused it or because it could not be read,
// is a non-response: its share is APNRR for one attack species and BPNRR for bona
// fide samples. APCER is the share of one species' answered attacks that are
// taken for bona fide, BPCER the share of answered bona fide samples that are
// taken for attacks. APCER is given per species and never averaged over species.
// BPCER at APCER 5 % and 1 % are that standard's BPCER20 and BPCER100.
//
// A score that is not a finite number is a failure to acquire or a non-response.
// It is counted and named, never dropped.
//
// # Intervals
//
// All intervals are 95 %. Wilson intervals treat trials as independent, which
// they are not where one person gives many; the intervals by subject resample
// whole subjects and are the ones to believe.
package eval
