package toolbox

//lint:file-ignore SA1019 servers of the revisions that have it still log that way

import (
	"context"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// logLevel is what of a server's log is worth hearing.
const logLevel mcp.LoggingLevel = "info"

// askForLogs adds to the metadata of a call that the server shall log, as the
// revision without sessions has it.
func askForLogs(meta mcp.Meta) { meta[mcp.MetaKeyLogLevel] = logLevel }

// attend makes ready for calls: it lets the server tell what happens meanwhile, and
// listens to what it says in between. In a revision with sessions that is a matter of
// the session. The error means that the session may be broken.
func (s *session) attend(ctx context.Context) error {
	init := s.InitializeResult()
	if init.ProtocolVersion >= statelessRevision || init.Capabilities == nil {
		return nil
	}
	if init.Capabilities.Logging != nil {
		if err := s.SetLoggingLevel(ctx, &mcp.SetLoggingLevelParams{Level: logLevel}); err != nil {
			return fmt.Errorf("set the level of the log: %w", err)
		}
	}
	tools, prompts := init.Capabilities.Tools, init.Capabilities.Prompts
	if (tools != nil && tools.ListChanged || prompts != nil && prompts.ListChanged) && s.listen != nil {
		ctx, cancel := context.WithCancel(untraced(context.WithoutCancel(ctx)))
		s.deafen = cancel
		s.hearing.Go(func() { s.listen(ctx, s.ID()) })
	}
	return nil
}
