// Package listing turns what a caller asks of a list into SQL: whose rows they may
// see, the conditions, the order, the page. Words of clients are always arguments,
// never SQL.
package listing
