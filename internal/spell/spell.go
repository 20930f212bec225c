// Package spell finds the name that a misspelt one was probably meant to be.
package spell

import "strings"

// Nearest gives the word that another was probably meant to be, empty for none: one that
// differs in case alone, or in one letter of four.
func Nearest(word string, known []string) string {
	best, least := "", min((len(word)+1)/4, 3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k), least); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is how many letters must be put in, left out or changed, most where it is no
// less. Longer words are not compared.
func distance(a, b string, most int) int {
	const longest = 64
	if len(a) > longest || len(b) > longest || len(a)-len(b) >= most || len(b)-len(a) >= most {
		return most
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], most)
}
