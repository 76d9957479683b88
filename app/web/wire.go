package web

import (
	"encoding/json"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// Me says who is asking and what this server is.
type Me struct {
	Mode    string `json:"mode" enum:"standalone,gateway"`
	User    User   `json:"user"`
	Version string `json:"version"`
	MaxText int    `json:"maxText" doc:"Longest question, in bytes of UTF-8."`

	MaxToolTokens int          `json:"maxToolTokens,omitempty" doc:"Tokens of descriptions of tools, about, above which the model searches for tools instead of being told them all."`
	Attach        AttachLimits `json:"attach" doc:"What can go with a question."`

	SignOutURL string `json:"signOutUrl,omitempty" doc:"The page that ends your session; absent where there is none."`

	Mixing chat.Mixing `json:"mixing" enum:"ask,allow,forbid" doc:"Whether a thread may use web search beside servers: after you agreed to it, always, or never."`
}

// AttachLimits is how much can be attached to a question.
type AttachLimits struct {
	Count int `json:"count"`
	Each  int `json:"each" doc:"Longest text, in bytes of UTF-8."`
	Total int `json:"total" doc:"All texts together, in bytes of UTF-8."`
}

// User is the person whom the server recognised.
type User struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	FirstName string   `json:"firstName,omitempty" doc:"To greet with."`
	Email     string   `json:"email"`
	Picture   string   `json:"picture,omitempty" doc:"Path of a portrait on this site."`
	Groups    []string `json:"groups,omitempty" doc:"As your identity provider has them."`
}

// Server is an MCP server as the caller sees it now.
type Server struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	URL         string            `json:"url" doc:"Empty for the server inside this process."`
	Logo        string            `json:"logo,omitempty" doc:"Path of its picture on this site."`
	Status      chat.ServerStatus `json:"status" enum:"ready,needs_connect,no_access,down"`
	Tools       []Tool            `json:"tools" nullable:"false"`
	Changes     *chat.ToolChanges `json:"changes,omitempty" doc:"How its tools differ from those that you saw before."`
	Remote      bool              `json:"remote,omitempty" doc:"The model's provider calls it, and not pomchat."`
	Trusted     bool              `json:"trusted" doc:"The administrator believes what it says of its tools."`
	CheckedAt   time.Time         `json:"checkedAt,omitzero" doc:"When its tools were last listed; absent while that is being tried for the first time."`
	Error       string            `json:"error,omitempty" doc:"Why it is not ready, in one sentence."`
	Since       time.Time         `json:"since,omitzero" doc:"Since when it has been as it is, as far as that was seen; absent while it is ready."`
	Trace       *chat.Trace       `json:"trace,omitempty" doc:"Where the reason can be looked up on the other side."`
	ConnectURL  string            `json:"connectUrl,omitempty" doc:"The page at which you connect it, if that is what it needs. The browser comes back to the page that was named, with connect_error in its query if that failed."`
	Connected   bool              `json:"connected,omitempty" doc:"The gateway keeps a login of yours for it, which can be ended."`
	Prompts     bool              `json:"prompts,omitempty" doc:"It offers prompts; see /api/servers/{id}/prompts."`
	NeedsOAuth  bool              `json:"needsOauth,omitempty" doc:"The gateway says that it needs such a login. It says so of many that need none."`
}

// Tool is one tool of a server.
type Tool struct {
	Name        string `json:"name" doc:"The name that the model calls: server__tool."`
	Tool        string `json:"tool" doc:"The tool's own name on its server."`
	Title       string `json:"title"`
	Description string `json:"description"`
	ReadOnly    bool   `json:"readOnly" doc:"The server says that it changes nothing."`
	Asks        bool   `json:"asks" doc:"Each call has to be approved, unless you have approved the tool for longer."`
	Tokens      int    `json:"tokens" doc:"What its description costs in each request to a model, about."`
}

// PromptRequest asks for the text of a server's prompt.
type PromptRequest struct {
	Name      string            `json:"name" minLength:"1" maxLength:"200"`
	Arguments map[string]string `json:"arguments,omitempty" maxProperties:"50"`
}

// PromptText is what a prompt says.
type PromptText struct {
	Messages []chat.PromptMessage `json:"messages" nullable:"false"`
}

// CompletionRequest asks what may stand for an argument of a server's prompt.
type CompletionRequest struct {
	Prompt   string            `json:"prompt" minLength:"1" maxLength:"200"`
	Argument string            `json:"argument" minLength:"1" maxLength:"200"`
	Value    string            `json:"value" doc:"As far as it is written."`
	Context  map[string]string `json:"context,omitempty" maxProperties:"50" doc:"The other arguments, as far as they are filled in."`
}

// ThreadSummary is a thread in a list.
type ThreadSummary struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Archived    bool      `json:"archived"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt"`
	ActiveRunID string    `json:"activeRunId,omitempty" doc:"The run that is writing now."`
	Waiting     bool      `json:"waiting,omitempty" doc:"That run waits for you: for the approval of a call, or for what a server asks."`
	Unread      bool      `json:"unread,omitempty" doc:"Its newest answer ended after you last saw the thread."`

	Match *chat.Match `json:"match,omitempty" doc:"Where the search found it."`
}

// SeenRequest says which answers of a thread were seen.
type SeenRequest struct {
	Until time.Time `json:"until" doc:"When the newest answer that was seen ended."`
}

// ThreadPage is one page of threads, newest first.
type ThreadPage struct {
	Threads    []ThreadSummary `json:"threads" nullable:"false"`
	NextCursor string          `json:"nextCursor,omitempty" doc:"Absent on the last page."`
}

// ThreadDetail is a thread with all of its messages.
type ThreadDetail struct {
	Thread   ThreadSummary  `json:"thread"`
	Settings chat.Settings  `json:"settings"`
	Usage    *chat.Usage    `json:"usage,omitempty" doc:"What all answers of the thread have used."`
	Cost     *chat.Cost     `json:"cost,omitempty" doc:"What that cost, as far as prices are known."`
	Messages []chat.Message `json:"messages" nullable:"false" doc:"The whole tree, in the order of creation."`
}

// ThreadPatch changes the fields that are present.
type ThreadPatch struct {
	Title    *string        `json:"title,omitempty" minLength:"1" maxLength:"200"`
	Archived *bool          `json:"archived,omitempty"`
	Settings *SettingsPatch `json:"settings,omitempty"`
}

// SettingsPatch changes the settings that are present.
type SettingsPatch struct {
	Model    *string           `json:"model,omitempty" doc:"Empty means the default."`
	Servers  ServerChoice      `json:"servers,omitzero" doc:"Ids of the servers to use; null means all of them."`
	ToolsOff []string          `json:"toolsOff,omitempty" nullable:"false" doc:"Names of tools that are switched off."`
	Hosted   []chat.HostedTool `json:"hosted,omitempty" enum:"web_search,code_interpreter" nullable:"false" doc:"The model provider's own tools that are switched on."`
	Mixed    *bool             `json:"mixed,omitempty" doc:"You agree that what servers return may get out by web search."`
}

// ServerChoice is ids of servers, or null for all of them.
type ServerChoice struct {
	ids  []string
	sent bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *ServerChoice) UnmarshalJSON(data []byte) error {
	c.sent = true
	return json.Unmarshal(data, &c.ids)
}

// Schema implements huma.SchemaProvider.
func (ServerChoice) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeArray, Nullable: true, Items: &huma.Schema{Type: huma.TypeString}}
}

func (p SettingsPatch) patch() chat.SettingsPatch {
	out := chat.SettingsPatch{Model: p.Model, ToolsOff: p.ToolsOff, Hosted: p.Hosted, Mixed: p.Mixed}
	if p.Servers.sent {
		out.Servers = &p.Servers.ids
	}
	return out
}

// RunRequest asks a question, or asks for another answer to an old one.
type RunRequest struct {
	ParentID *string `json:"parentId,omitempty" doc:"The message to go on from: absent means the newest one, empty means the root of the thread. Without a text: a user's message is answered anew, and an answer that was cut off is continued."`
	Text     string  `json:"text,omitempty"`

	Attachments []Attachment `json:"attachments,omitempty" nullable:"false" doc:"What goes with the text. A question that is answered anew keeps what it had."`

	Model    string   `json:"model,omitempty" doc:"Absent means the thread's model, else the default."`
	Servers  []string `json:"servers,omitempty" doc:"Ids of the servers to use; absent means the thread's choice, else all."`
	ToolsOff []string `json:"toolsOff,omitempty" doc:"Names of tools to switch off; absent means the thread's choice."`

	Hosted []chat.HostedTool `json:"hosted,omitempty" enum:"web_search,code_interpreter" doc:"The model provider's own tools to switch on; absent means the thread's choice."`
	Mixed  bool              `json:"mixed,omitempty" doc:"You agree that what servers return may get out by web search, in this thread."`
}

// Attachment is a text, by name, media type and text; a resource, by server and uri, which
// is read now and kept as it is; or what an earlier question of the thread had, by
// messageId and partId.
type Attachment struct {
	Name      string `json:"name,omitempty"`
	MediaType string `json:"mediaType,omitempty"`
	Text      string `json:"text,omitempty"`
	Server    string `json:"server,omitempty"`
	URI       string `json:"uri,omitempty"`
	MessageID string `json:"messageId,omitempty"`
	PartID    string `json:"partId,omitempty"`
}

// ResourceRequest names a resource of a server.
type ResourceRequest struct {
	URI string `json:"uri" minLength:"1" maxLength:"4096"`
}

// RunStarted names what a RunRequest set going.
type RunStarted struct {
	RunID         string `json:"runId"`
	MessageID     string `json:"messageId" doc:"The answer being written."`
	UserMessageID string `json:"userMessageId" doc:"The question it answers."`
}

// ResultPage is a part of what a tool gave back.
type ResultPage struct {
	ID      string        `json:"id"`
	Tool    chat.ToolRef  `json:"tool"`
	Columns []chat.Column `json:"columns" nullable:"false"`
	Rows    [][]any       `json:"rows" nullable:"false" doc:"A cell for each column: null, true or false, a number, or a text."`
	Offset  int           `json:"offset" doc:"Rows of the table before these."`
	Kept    int           `json:"kept" doc:"Rows that can be had here."`
	Total   int           `json:"total" doc:"Rows of the whole result, as far as the tool said."`
	Text    string        `json:"text,omitempty" doc:"The result, if it is no table."`
	At      time.Time     `json:"at"`
}

// DecisionRequest decides about a call that waits for approval.
type DecisionRequest struct {
	Approved bool       `json:"approved"`
	Scope    chat.Scope `json:"scope,omitempty" enum:"once,thread,always" doc:"For how long an approval holds; absent means once."`

	Input map[string]json.RawMessage `json:"input,omitempty" doc:"The arguments to call the tool with; absent means those that the model wrote."`
}

// RerunRequest runs a call again.
type RerunRequest struct {
	Input map[string]json.RawMessage `json:"input" doc:"The arguments to call the tool with."`
}

// RenewalRequest says what shall become of calls that wait for a connection.
type RenewalRequest struct {
	Retry   []string `json:"retry,omitempty" maxItems:"100" nullable:"false" doc:"Calls to be tried again: their servers were connected."`
	Without []string `json:"without,omitempty" maxItems:"100" nullable:"false" doc:"Calls that are given up."`
}

// AnswerRequest answers what an MCP server asks.
type AnswerRequest struct {
	Action string `json:"action" enum:"accept,decline,cancel"`

	Content map[string]json.RawMessage `json:"content,omitempty" doc:"The filled-in form."`
}

// Problem is an RFC 9457 problem detail.
type Problem struct {
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail" doc:"One sentence for the person who asked."`
	Kind   chat.Kind      `json:"kind,omitempty"`
	Trace  *chat.Trace    `json:"trace,omitempty" doc:"Where the failure can be looked up on the other side."`
	Errors []ProblemField `json:"errors,omitempty" nullable:"false" doc:"What is wrong with which field."`
	// RetryAfter is told in the header of that name.
	RetryAfter time.Duration `json:"-"`
}

// ProblemField says what is wrong with one field of the request.
type ProblemField struct {
	Message  string `json:"message"`
	Location string `json:"location,omitempty"`
}

func (s *server) threadSummary(owner chat.Subject, t chat.Thread) ThreadSummary {
	return ThreadSummary{
		ID: t.ID, Title: t.Title, Archived: t.Archived,
		CreatedAt: t.CreatedAt, UpdatedAt: t.UpdatedAt, ActiveRunID: t.ActiveRun,
		Waiting: t.ActiveRun != "" && s.Engine.Waits(owner, t.ActiveRun),
		Unread:  t.Unread,
	}
}

func serverView(s chat.Server, policy chat.ApprovalPolicy) Server {
	tools := make([]Tool, 0, len(s.Tools))
	for _, t := range s.Tools {
		tools = append(tools, Tool{
			Name: t.Name, Tool: t.Tool, Title: t.Title,
			Description: t.Description, ReadOnly: t.ReadOnly, Asks: policy.Reason(t) != "", Tokens: t.Tokens(),
		})
	}
	return Server{
		ID: s.ID, Name: s.Name, Description: s.Description, URL: s.URL,
		Status: s.Status, Tools: tools, Changes: s.Changes, Remote: s.Remote, Trusted: s.Trusted,
		CheckedAt: s.CheckedAt, Error: s.Error, Since: s.Since, Trace: s.Trace, Connected: s.Connected, NeedsOAuth: s.NeedsOAuth,
		Prompts: s.Prompts,
	}
}
