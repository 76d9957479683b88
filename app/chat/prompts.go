package chat

// PromptList is what one MCP server offers in prompts: requests that it has written for
// people to choose, and with arguments to fill in. It is shared: do not change it.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/server/prompts
type PromptList struct {
	Prompts   []ServerPrompt `json:"prompts" nullable:"false"`
	Completes bool           `json:"completes" doc:"The server helps to fill in arguments."`
}

// ServerPrompt is one prompt of a server.
type ServerPrompt struct {
	Name        string           `json:"name"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Arguments   []PromptArgument `json:"arguments" nullable:"false"`

	Question string `json:"question,omitempty" doc:"The text that the prompt gives without arguments, if it is a plain question to the server's data, as a person would ask it."`
}

// PromptArgument is something to fill in.
type PromptArgument struct {
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Required    bool   `json:"required,omitempty"`
}

// PromptMessage is one message of a prompt as text. What is no text is named in brackets.
type PromptMessage struct {
	Role string `json:"role" enum:"user,assistant"`
	Text string `json:"text"`
}

// Completing is an argument of a prompt that somebody is writing.
type Completing struct {
	Prompt   string            // its name
	Argument string            // its name
	Value    string            // as far as it is written
	Context  map[string]string // the other arguments, as far as they are filled in
}

// Completions are values that begin or fit what is being written, the best first.
type Completions struct {
	Values []string `json:"values" nullable:"false"`
	More   bool     `json:"more,omitempty" doc:"There are others that fit, too."`
}
