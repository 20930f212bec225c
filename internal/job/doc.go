// Package job runs what was ordered: it takes the analyses of one group, lets
// them ask shared samples, decides, and records the results. It knows no
// particular analysis and no particular model.
package job
