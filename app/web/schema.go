package web

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// newRegistry returns the schemas of the API. What Go states by sealed
// interfaces, parts and events, becomes unions told apart by "type".
func newRegistry() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer)
	r.RegisterTypeAlias(reflect.TypeFor[chat.Parts](), reflect.TypeFor[[]partUnion]())
	r.RegisterTypeAlias(reflect.TypeFor[chat.Kind](), reflect.TypeFor[kindEnum]())
	addUnion(r, "Event", "Event", chat.EventTypes())
	return r
}

// partUnion stands for chat.Part wherever a schema is made.
type partUnion struct{}

// Schema implements huma.SchemaProvider.
func (partUnion) Schema(r huma.Registry) *huma.Schema {
	return addUnion(r, "Part", "", chat.PartTypes())
}

// kindEnum stands for chat.Kind wherever a schema is made.
type kindEnum struct{}

// Schema implements huma.SchemaProvider.
func (kindEnum) Schema(r huma.Registry) *huma.Schema {
	if r.Map()["Kind"] == nil {
		s := &huma.Schema{Type: huma.TypeString, Description: "What kind of failure it is."}
		for _, k := range chat.Kinds() {
			s.Enum = append(s.Enum, string(k))
		}
		r.Map()["Kind"] = s
	}
	return &huma.Schema{Ref: "#/components/schemas/Kind"}
}

// addUnion registers the schema of a sealed set under name, each member as its
// own schema with the "type" by which JSON tells it apart, and returns a
// reference to it. Members are called by their Go type and suffix.
func addUnion[T any](r huma.Registry, name, suffix string, members map[string]T) *huma.Schema {
	ref := &huma.Schema{Ref: "#/components/schemas/" + name}
	if r.Map()[name] != nil {
		return ref
	}
	union := &huma.Schema{Discriminator: &huma.Discriminator{PropertyName: "type", Mapping: map[string]string{}}}
	r.Map()[name] = union
	for _, kind := range slices.Sorted(maps.Keys(members)) {
		t := reflect.TypeOf(members[kind])
		s := huma.SchemaFromType(r, t)
		s.Properties["type"] = &huma.Schema{Type: huma.TypeString, Enum: []any{kind}}
		s.Required = append([]string{"type"}, s.Required...)
		member := strings.TrimSuffix(t.Name(), suffix) + suffix
		r.Map()[member] = s
		union.OneOf = append(union.OneOf, &huma.Schema{Ref: "#/components/schemas/" + member})
		union.Discriminator.Mapping[kind] = "#/components/schemas/" + member
	}
	return ref
}
