// Package grounding checks the figures of an answer against the rows that the
// answer rests on: the results of the calls of its thread. It needs no model, and imports
// the standard library only.
//
// Check finds the figures of a text in Markdown and says of each from which rows it
// follows: it is a cell, a column's total or mean, a number of rows, or the share, difference,
// ratio or growth of two cells; exactly or rounded, at the scale of the data or
// rescaled. Figures that follow from no rows are listed as not found, and the model's own
// citations, written as Instructions asks, are checked. The text is never changed.
//
// # What is a figure
//
// A figure is digits that stand for a number, in the formats of many languages; read.go tells
// how they are read where these disagree, notation.go what else is read (6.17 × 10^5, 2/5), scale.go
// scales that are announced once, figure.go what has digits and is no figure
// (code, dates, names, numbering), and which figures are weak, which means that they are looked up but
// claim nothing: small counts, years, what was asked for, what speaks of something
// else (aside.go). A weak figure that matches nothing is not reported. But a count of what a table lists
// is a claim, however small (count.go), and a bound or a range must hold for the cell that the
// sentence names (bound.go). Numbers in words, and digits of other scripts than ours, are
// not looked at.
//
// # What is a match
//
// With ten thousand cells nearly any number is a cell, or the difference of two. So
// a match counts only if it would be a rare accident, given how many digits the figure
// has and how many numbers were looked at (chance.go). The search goes from the numbers
// that the text points to, which are few, to all others:
//
//  1. the rows that the model cited after the figure;
//  2. the rows whose names stand in the sentence, the nearest first: a text cell, in
//     whole or by a word of its own, or a date or year;
//  3. numbers of rows;
//  4. the rows named in the paragraph, the item above, the line before a list, the heading, and those
//     that the other figures there come from;
//  5. first and last rows, and extremes of columns; then all cells;
//  6. totals, means, and sums of the rows named;
//  7. what the sentence asks for: a year by its months, all rows but those named (rest.go);
//  8. what derives from two cells of one column or one row (derive.go).
//
// Figures of one or two digits that accident explains are marked as weak, if the
// text points to the row or a cell has that very value; else they are not found.
//
// # What is doubted
//
// A value that is right may be said of the wrong row, and a rise may have been a fall. So the
// rows of each match are compared with those that are named beside it (place.go), and what is said right
// beside a change with its sign (change.go). A value of another row is marked as weak and astray; a change the
// wrong way is not found. Days that are said of a row must be that row's (dates.go). These rules
// know words and not grammar, and prefer silence: they judge only what stands close.
//
// # How good it is
//
// Of invented figures of three or more digits, with the sizes of the real ones and said of real rows,
// 0.5 % are found to be something in a table of 10 rows, 0.3 % with 100 and 0.6 % with
// 1,000 (TestInventedFiguresAreNotFound, which bounds them). Of the 934 figures in the 131
// answers of package guide none is missed or doubted (TestEveryFigureOfTheGuidesAnswersIsFound). What
// becomes of some 340 single sentences, right and wrong, is in testdata/said.
// An answer of 50 figures over 10,000 cells takes about 3 ms (BenchmarkCheck).
package grounding
