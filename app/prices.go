package app

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// ownPrices are what OpenAI's models cost by its catalogue as of November 2026, in US
// dollars for a million tokens: those of requests below 272,000 tokens, without what it
// costs to write the cache.
//
//go:embed prices.json
var ownPrices []byte

// prices is what models cost, by their ids.
type prices map[string]chat.Price

// readPrices reads a table of prices from a file, or the one inside the program if no
// file is named. Its JSON is an object with a member for each model, such as
// {"gpt-6.1-sol": {"input": 2, "cached": 0.2, "output": 10}}, in US dollars for a million
// tokens; without "cached", cached input costs as much as other input.
func readPrices(file string) (prices, error) {
	text := ownPrices
	if file != "" {
		var err error
		if text, err = os.ReadFile(file); err != nil {
			return nil, err
		}
	}
	var table map[string]struct{ Input, Output, Cached *float64 }
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	err := d.Decode(&table)
	if err == nil && (table == nil || d.More()) {
		err = errors.New("it is not one object")
	}
	if err != nil {
		return nil, fmt.Errorf(`it is no table of prices such as {"gpt-6.1-sol": {"input": 2, "output": 10}}: %w`, err)
	}
	p := prices{}
	for model, row := range table {
		if row.Input == nil || row.Output == nil {
			return nil, errors.New("the price of " + model + ` needs both "input" and "output"`)
		}
		price := chat.Price{Input: *row.Input, Cached: *row.Input, Output: *row.Output}
		if row.Cached != nil {
			price.Cached = *row.Cached
		}
		if min(price.Input, price.Cached, price.Output) < 0 {
			return nil, errors.New("the price of " + model + " is below zero")
		}
		p[model] = price
	}
	return p, nil
}

// of returns the price of a model: its own, or that of the longest id that it begins
// with, for a dated state of a model costs what the model costs.
func (p prices) of(model string) (chat.Price, bool) {
	for id := model; id != ""; {
		if price, ok := p[id]; ok {
			return price, true
		}
		i := strings.LastIndexByte(id, '-')
		if i < 0 {
			break
		}
		id = id[:i]
	}
	return chat.Price{}, false
}
