package northwind

// The schemas of the tools, JSON Schema 2020-12. They are written by hand so that they say what the types cannot, and
// the tests hold real results against them.

const listInputSchema = `{
	"type": "object",
	"properties": {
		"detail": {"type": "string", "enum": ["overview", "names"], "default": "overview", "description": "overview: everything; names: a JSON array of names"},
		"include_views": {"type": "boolean", "default": true}
	},
	"additionalProperties": false
}`

const columnSchema = `{
	"type": "object",
	"properties": {
		"name": {"type": "string"},
		"type": {"type": "string", "description": "declared type, empty if computed"},
		"pk": {"type": "boolean"},
		"not_null": {"type": "boolean"},
		"fk": {"type": "object", "properties": {"table": {"type": "string"}, "column": {"type": "string"}}, "required": ["table", "column"]}
	},
	"required": ["name", "type", "pk", "not_null"]
}`

const listOutputSchema = `{
	"type": "object",
	"properties": {
		"tables": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"name": {"type": "string"},
					"kind": {"enum": ["table", "view"]},
					"rows": {"type": ["integer", "null"]},
					"columns": {"type": "array", "items": ` + columnSchema + `}
				},
				"required": ["name", "kind", "rows"]
			}
		}
	},
	"required": ["tables"]
}`

const describeInputSchema = `{
	"type": "object",
	"properties": {
		"table_name": {"type": "string"}
	},
	"required": ["table_name"],
	"additionalProperties": false
}`

const describeOutputSchema = `{
	"type": "object",
	"properties": {
		"name": {"type": "string"},
		"kind": {"enum": ["table", "view"]},
		"rows": {"type": ["integer", "null"]},
		"columns": {"type": "array", "items": ` + columnSchema + `},
		"referenced_by": {
			"type": "array",
			"items": {"type": "object", "properties": {"table": {"type": "string"}, "column": {"type": "string"}}, "required": ["table", "column"]}
		},
		"indexes": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"name": {"type": "string"},
					"unique": {"type": "boolean"},
					"columns": {"type": "array", "items": {"type": "string"}}
				},
				"required": ["name", "unique", "columns"]
			}
		},
		"sample": {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "null"]}}}
	},
	"required": ["name", "kind", "rows", "columns", "referenced_by", "indexes", "sample"]
}`

const queryInputSchema = `{
	"type": "object",
	"properties": {
		"query": {"type": "string", "description": "one SQLite SELECT statement"},
		"params": {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}, "description": "values for the ? in the query, in order"},
		"max_rows": {"type": "integer", "minimum": 1, "default": 100},
		"offset": {"type": "integer", "minimum": 0, "default": 0, "description": "rows to skip, to continue a truncated result"}
	},
	"required": ["query"],
	"additionalProperties": false
}`

const queryOutputSchema = `{
	"type": "object",
	"properties": {
		"columns": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"name": {"type": "string"},
					"type": {"enum": ["integer", "real", "text", "date", "blob", "null", "any"]}
				},
				"required": ["name", "type"]
			}
		},
		"rows": {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number", "null"]}}},
		"row_count": {"type": "integer", "minimum": 0},
		"total_rows": {"type": "integer", "minimum": 0},
		"total_is_exact": {"type": "boolean"},
		"truncated": {"type": "boolean"},
		"next_offset": {"type": ["integer", "null"]},
		"cells_cut": {"type": "integer", "minimum": 0},
		"elapsed_ms": {"type": "number", "minimum": 0}
	},
	"required": ["columns", "rows", "row_count", "total_rows", "total_is_exact", "truncated", "next_offset", "cells_cut", "elapsed_ms"]
}`

const explainInputSchema = `{
	"type": "object",
	"properties": {
		"query": {"type": "string"},
		"params": {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}}
	},
	"required": ["query"],
	"additionalProperties": false
}`

const explainOutputSchema = `{
	"type": "object",
	"properties": {
		"valid": {"const": true},
		"statement": {"type": "string"},
		"tables": {"type": "array", "items": {"type": "string"}},
		"plan": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {"id": {"type": "integer"}, "parent": {"type": "integer"}, "detail": {"type": "string"}},
				"required": ["id", "parent", "detail"]
			}
		},
		"summary": {"type": "string"}
	},
	"required": ["valid", "statement", "tables", "plan", "summary"]
}`

const findInputSchema = `{
	"type": "object",
	"properties": {
		"text": {"type": "string", "description": "the value or part of it"},
		"limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
	},
	"required": ["text"],
	"additionalProperties": false
}`

const findOutputSchema = `{
	"type": "object",
	"properties": {
		"matches": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"match": {"enum": ["exact", "contains", "near"]},
					"table": {"type": "string"},
					"column": {"type": "string"},
					"rows": {"type": "integer"},
					"values": {"type": "array", "items": {"type": "string"}},
					"filter": {"type": "string"}
				},
				"required": ["match", "table", "column", "rows", "values", "filter"]
			}
		},
		"total": {"type": "integer"},
		"complete": {"type": "boolean"}
	},
	"required": ["matches", "total", "complete"]
}`

const examplesInputSchema = `{
	"type": "object",
	"properties": {
		"topic": {"enum": ["revenue", "top_customers", "monthly_sales", "late_shipments", "reorder", "employee_sales"], "description": "all if left out"}
	},
	"additionalProperties": false
}`

const examplesOutputSchema = `{
	"type": "object",
	"properties": {
		"examples": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {"topic": {"type": "string"}, "title": {"type": "string"}, "query": {"type": "string"}, "notes": {"type": "string"}},
				"required": ["topic", "title", "query", "notes"]
			}
		}
	},
	"required": ["examples"]
}`
