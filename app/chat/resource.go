package chat

import "context"

// Resources is what MCP servers offer a person to read.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/server/resources
type Resources interface {
	// Resources lists what the server with that id offers. KindNotFound says that the
	// caller has no such server, KindUnauthenticated that the caller's own session has
	// ended, KindForbidden that the server wants a login or does not let the caller in;
	// otherwise the error says why it could not be asked.
	Resources(ctx context.Context, c Caller, server string) (ResourceList, error)

	// ReadResource reads one. What is no text is KindInvalid, and so is what the server
	// itself refuses, in its own words.
	ReadResource(ctx context.Context, c Caller, server, uri string) (ResourceText, error)
}

// ResourceList is what one server offers to read.
type ResourceList struct {
	Resources []Resource         `json:"resources" nullable:"false"`
	Templates []ResourceTemplate `json:"templates" nullable:"false"`
	More      bool               `json:"more,omitempty" doc:"It has more than are listed."`
}

// Resource is something to read.
type Resource struct {
	URI         string `json:"uri"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	MediaType   string `json:"mediaType,omitempty"`
	Size        int64  `json:"size,omitempty" doc:"In bytes, if the server says."`
}

// ResourceTemplate is a family of resources.
type ResourceTemplate struct {
	Template    string `json:"template" doc:"URI template (RFC 6570)."`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	MediaType   string `json:"mediaType,omitempty"`
}

// ResourceText is a resource that was read.
type ResourceText struct {
	Server     string `json:"server"`
	ServerName string `json:"serverName"`
	URI        string `json:"uri"`
	MediaType  string `json:"mediaType,omitempty"`
	Text       string `json:"text"`
	Size       int    `json:"size" doc:"Bytes of the whole text, of which this may be the beginning."`
}
