package northwind

// The schemas of the tools, JSON Schema 2020-12. They are written by hand so that they say what the types cannot, and
// the tests hold real results against them. Every client pays for them in tokens at each turn, so they say nothing
// twice: which fields of a result are always there is told by the types, such as [QueryOutput].

const listInputSchema = `{
	"type": "object",
	"properties": {
		"detail": {"type": "string", "enum": ["overview", "names"], "default": "overview"},
		"include_views": {"type": "boolean", "default": true}
	},
	"additionalProperties": false
}`

// columnSchema begins the schema of a column; what it is in detail is told by describe_table.
const columnSchema = `{
	"type": "object",
	"properties": {
		"name": {"type": "string"},
		"type": {"type": "string"},
		"pk": {"type": "boolean"},
		"fk": {"type": "object"}`

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
					"columns": {"type": "array", "items": ` + columnSchema + `}}}
				}
			}
		}
	}
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
		"columns": {
			"type": "array",
			"items": ` + columnSchema + `,
				"not_null": {"type": "boolean"},
				"nulls": {"type": "integer"},
				"distinct": {"type": "integer"},
				"min": {},
				"max": {},
				"top": {"type": "array", "items": {"type": "object", "properties": {"value": {}, "rows": {"type": "integer"}}}}
			}}
		},
		"referenced_by": {
			"type": "array",
			"items": {"type": "object", "properties": {"table": {"type": "string"}, "column": {"type": "string"}}}
		},
		"indexes": {
			"type": "array",
			"items": {
				"type": "object",
				"properties": {
					"name": {"type": "string"},
					"unique": {"type": "boolean"},
					"columns": {"type": "array", "items": {"type": "string"}}
				}
			}
		},
		"sample": {"type": "array"}
	}
}`

// queryInputSchema is a format for the number of rows that a query gets if it does not ask.
const queryInputSchema = `{
	"type": "object",
	"properties": {
		"query": {"type": "string"},
		"params": {"type": "array", "items": {"type": ["string", "number", "boolean", "null"]}, "description": "values for each ? in order"},
		"max_rows": {"type": "integer", "default": %d},
		"offset": {"type": "integer", "description": "next_offset of a truncated result"}
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
				}
			}
		},
		"rows": {"type": "array", "items": {"type": "array"}},
		"row_count": {"type": "integer"},
		"total_rows": {"type": "integer"},
		"total_is_exact": {"type": "boolean"},
		"truncated": {"type": "boolean"},
		"next_offset": {"type": ["integer", "null"]},
		"cells_cut": {"type": "integer"},
		"elapsed_ms": {"type": "number"}
	}
}`

const explainInputSchema = `{
	"type": "object",
	"properties": {
		"query": {"type": "string"},
		"params": {"type": "array", "items": {}}
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
				"properties": {"id": {"type": "integer"}, "parent": {"type": "integer"}, "detail": {"type": "string"}}
			}
		},
		"summary": {"type": "string"}
	}
}`

const findInputSchema = `{
	"type": "object",
	"properties": {
		"text": {"type": "string"},
		"limit": {"type": "integer", "default": 20}
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
					"match": {"enum": ["exact", "contains", "word", "near"]},
					"table": {"type": "string"},
					"column": {"type": "string"},
					"rows": {"type": "integer"},
					"values": {"type": "array", "items": {"type": "string"}},
					"filter": {"type": "string"}
				}
			}
		},
		"total": {"type": "integer"},
		"complete": {"type": "boolean"}
	}
}`

const examplesInputSchema = `{
	"type": "object",
	"properties": {
		"topic": {"type": "string", "enum": ["revenue", "top_customers", "monthly_sales", "late_shipments", "reorder", "employee_sales"]}
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
				"properties": {"topic": {"type": "string"}, "title": {"type": "string"}, "query": {"type": "string"}, "notes": {"type": "string"}}
			}
		}
	}
}`

const updateInputSchema = `{
	"type": "object",
	"properties": {
		"query": {"type": "string", "description": "ignored"}
	},
	"additionalProperties": false
}`

const updateOutputSchema = `{
	"type": "object",
	"properties": {
		"demonstration": {"const": true},
		"rows_changed": {"const": 0}
	},
	"required": ["demonstration", "rows_changed"]
}`
