package chat

// TextStart opens a text part.
type TextStart struct {
	ID   string   `json:"id"`
	Kind TextKind `json:"kind,omitempty" enum:"commentary,refusal" doc:"What the text is, if it is not the answer."`
}

// TextDelta adds to an open text part.
type TextDelta struct {
	ID    string `json:"id"`
	Delta string `json:"delta"`
}

// TextEnd closes a text part.
type TextEnd struct {
	ID string `json:"id"`
}

// ReasoningStart opens a reasoning part.
type ReasoningStart struct {
	ID string `json:"id"`
}

// ReasoningDelta adds to an open reasoning part.
type ReasoningDelta struct {
	ID    string `json:"id"`
	Delta string `json:"delta"`
}

// ReasoningEnd closes a reasoning part.
type ReasoningEnd struct {
	ID string `json:"id"`
}

// SourceFound names a page on which a text rests.
type SourceFound struct {
	ID     string `json:"sourceId"`
	URL    string `json:"url" doc:"http or https."`
	Title  string `json:"title,omitempty"`
	TextID string `json:"textId,omitempty" doc:"The text that cites it."`
	Start  int    `json:"start,omitempty" doc:"Where in that text, in UTF-16 code units; absent with end if that is not known."`
	End    int    `json:"end,omitempty"`
}

// FileMade is a file that a tool made and that is kept for its owner.
type FileMade struct {
	ID        string `json:"fileId"`
	URL       string `json:"url" doc:"Where its owner gets it, on this server."`
	MediaType string `json:"mediaType"`
	Name      string `json:"filename"`
	Size      int64  `json:"size"`
	CallID    string `json:"toolCallId,omitempty"`
}

func (TextStart) event() string      { return "text-start" }
func (TextDelta) event() string      { return "text-delta" }
func (TextEnd) event() string        { return "text-end" }
func (ReasoningStart) event() string { return "reasoning-start" }
func (ReasoningDelta) event() string { return "reasoning-delta" }
func (ReasoningEnd) event() string   { return "reasoning-end" }
func (SourceFound) event() string    { return "source-url" }
func (FileMade) event() string       { return "file" }
